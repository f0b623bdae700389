/** Volumes as the Engine API has them. */
@NullMarked
package dev.gantry.contracts.docker.volume;

import org.jspecify.annotations.NullMarked;
