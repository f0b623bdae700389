/**
 * The transactional outbox: a service appends what happened to a table of its own database, in the transaction that
 * makes it true; one relay per service carries the rows to Kafka in order, and no request ever waits for it.
 */
@NullMarked
package dev.gantry.events.outbox;

import org.jspecify.annotations.NullMarked;
