/** Volumes and the containers that refer to them in PostgreSQL, each change with its events. */
@NullMarked
package dev.gantry.volume.store;

import org.jspecify.annotations.NullMarked;
