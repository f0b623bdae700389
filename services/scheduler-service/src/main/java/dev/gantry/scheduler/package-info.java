/** The scheduler: containers and nodes, who runs what where, and in which order things happen to one container. */
@NullMarked
package dev.gantry.scheduler;

import org.jspecify.annotations.NullMarked;
