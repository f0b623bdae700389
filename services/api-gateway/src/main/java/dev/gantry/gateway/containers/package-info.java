/** Operations on containers, and the byte streams of attach and logs. */
@NullMarked
package dev.gantry.gateway.containers;

import org.jspecify.annotations.NullMarked;
