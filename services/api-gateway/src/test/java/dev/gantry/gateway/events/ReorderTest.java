package dev.gantry.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.docker.system.EventActor;
import dev.gantry.contracts.docker.system.EventMessage;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class ReorderTest {
    private static final long NOW = 1_000_000_000_000L;

    private final Reorder reorder = new Reorder();

    private static LoggedEvent at(String topic, long time) {
        var message = new EventMessage("", "", "", topic, "x", new EventActor("id", Map.of()), "local", 0, time);
        return new LoggedEvent(new TopicPartition(topic, 0), time, topic + time, message);
    }

    @Test
    void whatCameLaterButHappenedBeforeOvertakes() {
        reorder.add(at("containers", NOW), NOW + 2);
        reorder.add(at("networks", NOW - 1), NOW + 5);
        assertThat(reorder.due(NOW + Reorder.HELD_NANOS))
                .extracting(LoggedEvent::timeNano)
                .containsExactly(NOW - 1, NOW);
    }

    @Test
    void nothingIsHeldLongerThanTheHold() {
        reorder.add(at("containers", NOW), NOW);
        assertThat(reorder.due(NOW + Reorder.HELD_NANOS - 1)).isEmpty();
        assertThat(reorder.pauseNanos(NOW)).isEqualTo(Reorder.HELD_NANOS);
        assertThat(reorder.due(NOW + Reorder.HELD_NANOS)).hasSize(1);
    }

    @Test
    void whatIsOldAlreadyGoesOutAtOnce() {
        reorder.add(at("containers", NOW - 10 * Reorder.HELD_NANOS), NOW);
        assertThat(reorder.due(NOW)).hasSize(1);
    }

    @Test
    void aClockThatIsAheadDelaysNoLongerThanTheHold() {
        reorder.add(at("containers", NOW + 60_000_000_000L), NOW);
        assertThat(reorder.due(NOW + Reorder.HELD_NANOS)).hasSize(1);
    }
}
