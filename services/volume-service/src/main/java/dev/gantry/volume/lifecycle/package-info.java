/** Making, claiming and removing volumes: the order of what is noted and what a node's disk holds. */
@NullMarked
package dev.gantry.volume.lifecycle;

import org.jspecify.annotations.NullMarked;
