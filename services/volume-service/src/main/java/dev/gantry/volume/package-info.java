/** volume-service: volumes, who refers to them, and what a container's start mounts of them. */
@NullMarked
package dev.gantry.volume;

import org.jspecify.annotations.NullMarked;
