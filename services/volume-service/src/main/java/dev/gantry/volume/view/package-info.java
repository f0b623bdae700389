/** Volumes in Docker's shape, and which of them a filter asks for. */
@NullMarked
package dev.gantry.volume.view;

import org.jspecify.annotations.NullMarked;
