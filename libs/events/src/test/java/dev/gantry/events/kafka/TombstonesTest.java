package dev.gantry.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TombstonesTest {
    private final List<String> asked = new ArrayList<>();
    private int failures;
    private final Tombstones tombstones = new Tombstones("things of container", this::forget, Duration.ofMillis(1));

    private boolean forget(String id) {
        asked.add(id);
        if (failures-- > 0) {
            throw new IllegalStateException("the database is away");
        }
        return true;
    }

    @Test
    void whatIsGoneIsForgottenInTheOrderOfTheLog() throws InterruptedException {
        tombstones.read(record("a", null));
        tombstones.read(record("b", null));
        assertThat(asked).containsExactly("a", "b");
    }

    @Test
    void whatLivesIsNobodysBusiness() throws InterruptedException {
        tombstones.read(record("a", "{\"state\":\"running\"}"));
        assertThat(asked).isEmpty();
    }

    @Test
    void isNotReadBeforeItsWorkIsDone() throws InterruptedException {
        failures = 3;
        tombstones.read(record("a", null));
        assertThat(asked).containsExactly("a", "a", "a", "a");
    }

    @Test
    void isNotReadWhenTheProcessStopsMeanwhile() {
        failures = Integer.MAX_VALUE;
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> tombstones.read(record("a", null))).isInstanceOf(InterruptedException.class);
        assertThat(asked).containsExactly("a");
    }

    private static ConsumerRecord<String, String> record(String key, @Nullable String value) {
        return new ConsumerRecord<>("gantry.containers.state", 0, 0, key, value);
    }
}
