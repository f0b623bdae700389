/** Events as they travel on Kafka: CloudEvents 1.0 in JSON, their topics, and Docker's view of them. */
@NullMarked
package dev.gantry.contracts.event;

import org.jspecify.annotations.NullMarked;
