package dev.gantry.e2e.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.e2e.walk.ContainerState.Status;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PossibleTest {
    private static final List<ContainerVerb> VERBS = List.of(ContainerVerb.values());

    private static Possible<ContainerState, ContainerVerb> created(boolean brief) {
        var possible = new Possible<>(new ContainerRules(brief), ContainerState.NOWHERE);
        possible.done(ContainerVerb.CREATE);
        return possible;
    }

    @Test
    void followsWhatWasAnswered() {
        var possible = created(false);
        possible.done(ContainerVerb.START);
        assertThat(possible.states()).containsExactly(new ContainerState(Status.RUNNING, 0, 1));
        possible.done(ContainerVerb.KILL);
        possible.refused(ContainerVerb.KILL);
        assertThat(possible.states()).containsExactly(new ContainerState(Status.EXITED, 137, 1));
        possible.done(ContainerVerb.REMOVE);
        possible.refused(ContainerVerb.START);
    }

    @Test
    void branchesWhereNobodyWasTold() {
        var possible = created(false);
        possible.unknown(ContainerVerb.START);
        assertThat(possible.states()).extracting(ContainerState::status).containsOnly(Status.CREATED, Status.RUNNING);
        possible.seen("running", state -> state.is(Status.RUNNING));
        assertThat(possible.pending()).isZero();
    }

    @Test
    void waitsForWhatMayStillHappen() {
        var possible = created(false);
        possible.unknown(ContainerVerb.START);
        possible.seen("created", state -> state.is(Status.CREATED));
        assertThat(possible.states()).extracting(ContainerState::status).contains(Status.RUNNING);
        possible.settled();
        possible.seen("created", state -> state.is(Status.CREATED));
        assertThat(possible.states()).extracting(ContainerState::status).containsOnly(Status.CREATED);
    }

    @Test
    void aRequestTakesEffectOnce() {
        var possible = created(false);
        possible.unknown(ContainerVerb.START);
        possible.seen("running", state -> state.is(Status.RUNNING));
        possible.done(ContainerVerb.KILL);
        assertThatThrownBy(() -> possible.seen("running again", state -> state.is(Status.RUNNING)))
                .isInstanceOf(Possible.Contradiction.class)
                .hasMessageContaining("KILL done");
    }

    @Test
    void contradictsWhatCannotBe() {
        assertThatThrownBy(() -> created(false).done(ContainerVerb.KILL)).isInstanceOf(Possible.Contradiction.class);
        assertThatThrownBy(() -> created(false).refused(ContainerVerb.START))
                .isInstanceOf(Possible.Contradiction.class);
        assertThatThrownBy(() -> created(false).seen("lost", state -> state.is(Status.ABSENT)))
                .isInstanceOf(Possible.Contradiction.class);
    }

    @Test
    void aBriefProgramEndsByItself() {
        var possible = created(true);
        possible.done(ContainerVerb.START);
        assertThat(possible.states())
                .containsExactlyInAnyOrder(
                        new ContainerState(Status.RUNNING, 0, 1),
                        new ContainerState(Status.EXITED, ContainerRules.BY_ITSELF, 1));
    }

    /** Whatever really happens is among what the model holds possible. */
    @Test
    void neverContradictsATrueStory() {
        for (var seed = 0; seed < 500; seed++) {
            tellATrueStory(new Random(seed));
        }
    }

    private static void tellATrueStory(Random random) {
        var rules = new ContainerRules(random.nextBoolean());
        var possible = new Possible<>(rules, ContainerState.NOWHERE);
        var truth = ContainerState.NOWHERE;
        for (var i = 0; i < 12; i++) {
            var verb = VERBS.get(random.nextInt(VERBS.size()));
            var after = rules.after(truth, verb).stream()
                    .sorted(java.util.Comparator.comparingInt(ContainerState::exit))
                    .toList();
            var told = random.nextInt(3) > 0 || possible.pending() > 2;
            if (told && after.isEmpty()) {
                possible.refused(verb);
            } else if (told) {
                possible.done(verb);
            } else {
                possible.unknown(verb);
            }
            if (!after.isEmpty() && (told || random.nextBoolean())) {
                truth = after.get(random.nextInt(after.size()));
            }
            var now = truth;
            possible.seen("the truth", now::equals);
        }
    }
}
