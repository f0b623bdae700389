/** The nodes, the agents that speak for them, and the stream of their observations. */
@NullMarked
package dev.gantry.scheduler.node;

import org.jspecify.annotations.NullMarked;
