/** Containers and nodes in PostgreSQL, each commit with its events in the outbox. */
@NullMarked
package dev.gantry.scheduler.store;

import org.jspecify.annotations.NullMarked;
