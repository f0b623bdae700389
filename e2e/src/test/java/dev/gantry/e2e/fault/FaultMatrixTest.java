package dev.gantry.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platforms;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every process of the platform is killed in the middle of every verb. The ordinary run kills each once, with clients in the middle of all
 * verbs side by side, and still gives each pair a verdict of its own; the long one ({@code ./gantry test --soak}) kills once per pair.
 */
@ExtendWith(Platforms.class)
class FaultMatrixTest {
    /** For who looks into one: {@code -Dgantry.victim=agent -Dgantry.seed=…}. */
    private static final String ONE_VICTIM = System.getProperty("gantry.victim", "");

    /** Of kills that were made for more than one cell, until each has taken its own. */
    private static final Map<Cell, List<String>> VERDICTS = new HashMap<>();

    record Cell(Packaging packaging, Victim victim, Moment moment) {
        @Override
        public String toString() {
            return "killing " + victim.words() + " " + moment.words();
        }
    }

    static Stream<Cell> cells() {
        return Stream.of(Packaging.values())
                .flatMap(packaging -> Victim.of(packaging, Soak.on()).stream()
                        .filter(victim -> ONE_VICTIM.isEmpty() || ONE_VICTIM.equals(victim.tag()))
                        .flatMap(victim ->
                                Stream.of(Moment.values()).map(moment -> new Cell(packaging, victim, moment))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void losesNothing(Cell cell) {
        if (!VERDICTS.containsKey(cell)) {
            kill(cell);
        }
        // one that is asked for again is killed again
        assertThat(VERDICTS.remove(cell)).as(cell.toString()).isEmpty();
    }

    private static void kill(Cell cell) {
        var together = !Soak.on() && cell.moment() == Moment.IDLE;
        var moments = together ? EnumSet.allOf(Moment.class) : EnumSet.of(Moment.IDLE, cell.moment());
        kill(cell, moments, together ? "all" : cell.moment().tag())
                .forEach((moment, found) -> VERDICTS.put(new Cell(cell.packaging(), cell.victim(), moment), found));
    }

    private static Map<Moment, List<String>> kill(Cell cell, Set<Moment> moments, String tag) {
        var platform = Platforms.of(cell.packaging());
        var seed = Soak.seed();
        var stage = new Stage(platform, "f-" + cell.victim().tag() + "-" + tag, cell.victim());
        System.out.printf("%s: %s, seed %d%n", stage.name(), cell, seed);
        return Kill.of(stage, moments, seed);
    }
}
