package dev.gantry.events.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WavesTest {
    @Test
    void noWaveHasTwoRecordsOfOneObjectAndTheOrderIsKept() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var round = 0; round < 200; round++) {
            var batch = new ArrayList<OutboxTable.Unsent>();
            for (var position = 0; position < 1 + random.nextInt(50); position++) {
                var record = new OutboxRecord("t" + random.nextInt(2), "k" + random.nextInt(5), 1, Instant.EPOCH, "{}");
                batch.add(new OutboxTable.Unsent(position, record));
            }
            var waves = Relay.waves(batch);
            assertThat(waves.stream().flatMap(List::stream).toList())
                    .as("seed %d", seed)
                    .isEqualTo(batch);
            for (var wave : waves) {
                var objects = new HashSet<String>();
                wave.forEach(row -> assertThat(
                                objects.add(row.record().topic() + row.record().key()))
                        .as("seed %d", seed)
                        .isTrue());
            }
        }
    }
}
