package dev.gantry.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.network.NetworkingConfig;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.Spec;
import dev.gantry.scheduler.container.Status;
import dev.gantry.scheduler.creation.Endpoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/**
 * An agent's story of one container, as the scheduler may hear it: answers to orders at any time after they were given, each observation
 * in its order but perhaps again and again. The model is the story itself.
 */
class ReorderingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<String> said = new ArrayList<>();
    private final List<Long> versions = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();
    private Container container = fresh();

    private static Container fresh() {
        var networking = DockerJson.empty(NetworkingConfig.class);
        var spec = new Spec(
                DockerJson.empty(ContainerConfig.class),
                DockerJson.empty(HostConfig.class),
                networking,
                "sha256:a",
                NOW,
                List.of());
        return new Container(
                "c",
                "name",
                "n1",
                spec,
                ResolvedImage.getDefaultInstance(),
                Status.created(Endpoints.before("none", networking)));
    }

    private void apply(Change change) {
        container = change.after();
        change.facts().forEach(fact -> {
            said.add(fact.action());
            versions.add(fact.version());
            times.add(fact.time());
        });
    }

    @RepeatedTest(300)
    void everyRunIsSaidOnceWithItsStartBeforeItsEnd() {
        var late = new ArrayList<Outcome>();
        var seen = new ArrayList<Observation>();
        var model = new ArrayList<String>();
        var code = 0;
        var rounds = 1 + random.nextInt(4);
        for (var round = 0; round < rounds; round++) {
            apply(Transitions.start(container, false, NOW));
            var generation = container.status().generation();
            var run = (long) round + 1;
            code = random.nextInt(200);
            late.add(Outcome.newBuilder()
                    .setGeneration(generation)
                    .setRun(run)
                    .setRunning(Outcome.Running.newBuilder().setPid(5))
                    .build());
            answerSome(late);
            hear(seen, observation(seen, generation, run).setStarted(Observation.Started.newBuilder()));
            answerSome(late);
            hear(
                    seen,
                    observation(seen, generation, run)
                            .setExited(Observation.Exited.newBuilder().setExitCode(code)));
            answerSome(late);
            model.add("start");
            model.add("die");
        }
        late.forEach(outcome -> apply(Transitions.outcome(container, outcome, NOW)));
        assertThat(said).as("seed %d", seed).isEqualTo(model);
        assertThat(container.status().exitCode()).as("seed %d", seed).isEqualTo(code);
        assertThat(container.status().alive()).isFalse();
        assertThat(container.status().orders()).isEmpty();
        assertThat(versions).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
        assertThat(times).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
    }

    private Observation.Builder observation(List<Observation> seen, long generation, long run) {
        return Observation.newBuilder()
                .setContainer("c")
                .setGeneration(generation)
                .setRun(run)
                .setSequence(seen.size() + 1)
                .setAt(1_000_000_000L * (seen.size() + 1));
    }

    /** The stream broke some times, so a tail of the journal comes again. */
    private void hear(List<Observation> seen, Observation.Builder next) {
        seen.add(next.build());
        var from = random.nextInt(seen.size());
        seen.subList(from, seen.size()).forEach(each -> apply(Transitions.observed(container, each, NOW)));
    }

    private void answerSome(List<Outcome> late) {
        while (!late.isEmpty() && random.nextBoolean()) {
            var outcome = late.remove(random.nextInt(late.size()));
            apply(Transitions.outcome(container, outcome, NOW));
            if (random.nextInt(4) == 0) {
                late.add(outcome); // and once more
                return;
            }
        }
    }
}
