package dev.gantry.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final AtomicLong clock = new AtomicLong();

    /** Words are actions; {@code network/connect} is one of a network. */
    private History history(String words) {
        return History.of(Arrays.stream(words.split(" ", -1)).map(this::event).toList());
    }

    private Event event(String word) {
        var parts = word.split("/", -1);
        return parts.length == 1
                ? new Event("container", word, "c", Map.of("execID", "e"), clock.incrementAndGet())
                : new Event(parts[0], parts[1], "n", Map.of("container", "c"), clock.incrementAndGet());
    }

    @Test
    void acceptsAWholeLife() {
        var life = history("create attach network/connect volume/mount start exec_create exec_start exec_die kill die"
                + " network/disconnect volume/unmount stop start die destroy");
        assertThat(life.problems()).isEmpty();
        assertThat(life.destroyed()).isTrue();
        assertThat(life.starts()).isEqualTo(2);
    }

    @Test
    void tellsWhatIsOpen() {
        var open = history("create network/connect start exec_create exec_start");
        assertThat(open.problems()).isEmpty();
        assertThat(open.running()).isTrue();
        assertThat(open.openExecs()).isEqualTo(1);
        assertThat(open.joined()).containsExactly("network n");
    }

    @Test
    void findsWhatIsTwiceOrOutOfTurn() {
        for (var words : new String[] {
            "start create",
            "create create",
            "create start start",
            "create die",
            "create start die die",
            "create start destroy",
            "create destroy start",
            "create exec_start",
            "create start exec_create exec_start exec_die exec_die",
            "create network/connect network/connect",
            "create network/disconnect"
        }) {
            assertThat(history(words).problems()).as(words).isNotEmpty();
        }
    }

    @Test
    void findsTheSameEventTwice() {
        var start = event("start");
        assertThat(History.of(java.util.List.of(event("create"), start, event("die"), start))
                        .problems())
                .anyMatch(problem -> problem.contains("is there twice"));
    }
}
