/** The one place that knows how to reach Kafka: addresses, identity, the settings of clients, and topics. */
@NullMarked
package dev.gantry.events.kafka;

import org.jspecify.annotations.NullMarked;
