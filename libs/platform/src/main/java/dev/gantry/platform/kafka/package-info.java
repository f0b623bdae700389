/**
 * A Kafka broker (KRaft, one node) inside this JVM: {@link dev.gantry.platform.kafka.EmbeddedKafka} is the way in. Mutual TLS
 * on all listeners; the common name of a client's certificate is its principal; {@code Topology}
 * says which topics there are and who may do what.
 */
@NullMarked
package dev.gantry.platform.kafka;

import org.jspecify.annotations.NullMarked;
