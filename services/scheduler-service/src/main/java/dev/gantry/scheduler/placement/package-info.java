/** Which node a container goes to: a pure function of what is known of the nodes. */
@NullMarked
package dev.gantry.scheduler.placement;

import org.jspecify.annotations.NullMarked;
