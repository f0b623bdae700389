/** From what a client asks and what an image says to a container's specification: pure. */
@NullMarked
package dev.gantry.scheduler.creation;

import org.jspecify.annotations.NullMarked;
