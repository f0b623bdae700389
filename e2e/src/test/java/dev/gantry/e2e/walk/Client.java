package dev.gantry.e2e.walk;

import dev.gantry.e2e.fault.Refusal;
import dev.gantry.e2e.harness.Command.Result;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.harness.Rootfs;
import dev.gantry.e2e.walk.ContainerState.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Does one step after the other on a real platform and tells the model what it was told. */
final class Client {
    /** Longer than any deadline inside the platform. */
    private static final Duration HANGS_AFTER = Duration.ofSeconds(130);

    private static final byte[] NOTHING = {};
    private static final int EXEC_CODE = 4;
    private static final int ONCE_CODE = 6;

    private static final String LONG = "trap 'exit " + ContainerRules.ON_TERM + "' TERM; echo begin; sleep 1000 & wait";
    private static final String BRIEF = "echo begin; exit " + ContainerRules.BY_ITSELF;

    private final Platform platform;
    private final Model model;
    private final Generator generator;
    private final String label;
    private final List<String> complaints = new ArrayList<>();

    Client(Platform platform, Model model, Generator generator, String label) {
        this.platform = platform;
        this.model = model;
        this.generator = generator;
        this.label = label;
    }

    /** Goes so many steps; what is wrong is in {@link #complaints}. */
    void walk(int steps) {
        for (var i = 0; i < steps; i++) {
            var step = generator.next();
            try {
                take(step);
            } catch (Possible.Contradiction | AssertionError e) {
                complaints.add(step + ": " + e.getMessage());
                generator.gone(step.object());
            }
        }
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void take(Step step) {
        switch (step) {
            case Step.OfContainer(var name, var verb) -> ofContainer(name, verb);
            case Step.RunOnce(var name) -> runOnce(name);
            case Step.Look(var name) -> look(name);
            case Step.OfVolume(var name, var verb) ->
                tell(
                        model.volume(name),
                        verb,
                        verb == ThingVerb.MAKE ? docker("volume", "create", name) : docker("volume", "rm", name));
            case Step.OfName(var name, var verb) ->
                tell(
                        model.name(name),
                        verb,
                        verb == ThingVerb.MAKE ? docker("tag", "busybox", name) : docker("rmi", name));
            case Step.Import(var name) ->
                tell(model.name(name), ThingVerb.MAKE, docker(Rootfs.busybox(name), "import", "-", name));
        }
    }

    private Result docker(String... words) {
        return docker(NOTHING, words);
    }

    private Result docker(byte[] input, String... words) {
        return platform.docker(HANGS_AFTER, input, words);
    }

    private <S, V> void tell(Possible<S, V> possible, V verb, Result result) {
        switch (Outcome.of(result)) {
            case DONE -> possible.done(verb);
            case REFUSED -> possible.refused(verb);
            case UNKNOWN -> {
                possible.unknown(verb);
                judge(result);
            }
        }
    }

    private void judge(Result result) {
        Refusal.complaint(result.err(), true)
                .ifPresent(complaint ->
                        complaints.add(complaint + ": " + result.err().strip()));
    }

    private void ofContainer(String name, ContainerVerb verb) {
        var result = docker(words(name, verb));
        if (verb == ContainerVerb.EXEC) {
            exec(name, result);
            return;
        }
        tell(model.container(name), verb, result);
        if (model.gone(name) && model.container(name).pending() == 0) {
            generator.gone(name);
        }
    }

    private String[] words(String name, ContainerVerb verb) {
        return switch (verb) {
            case CREATE -> create(name);
            case START -> new String[] {"start", name};
            case STOP -> new String[] {"stop", "-t", "3", name};
            case KILL -> new String[] {"kill", name};
            case REMOVE -> new String[] {"rm", name};
            case FORCE_REMOVE -> new String[] {"rm", "-f", name};
            case EXEC -> new String[] {"exec", name, "sh", "-c", "echo inside; exit " + EXEC_CODE};
        };
    }

    private String[] create(String name) {
        var words = new ArrayList<>(List.of("create", "--name", name, "--label", label));
        if (name.hashCode() % 2 == 0) {
            words.addAll(List.of("-p", "127.0.0.1::80", "-v", name + ":/d"));
        }
        words.addAll(List.of("busybox", "sh", "-c", name.contains("brief") ? BRIEF : LONG));
        return words.toArray(String[]::new);
    }

    private void exec(String name, Result result) {
        var possible = model.container(name);
        if (result.exit() == EXEC_CODE) {
            possible.done(ContainerVerb.EXEC);
            if (!result.out().equals("inside\n")) {
                complaints.add("the exec's output was \"" + result.out() + "\"");
            }
        } else if (Outcome.of(result) == Outcome.REFUSED) {
            possible.refused(ContainerVerb.EXEC);
        } else if (result.exit() == 0) {
            complaints.add("an exec was told to have succeeded");
        } else if (result.exit() != ContainerRules.ON_KILL) {
            // 137: its container ended meanwhile
            judge(result);
        }
    }

    private void runOnce(String name) {
        model.once(name);
        var result = docker(
                "run", "--rm", "--name", name, "--label", label, "busybox", "sh", "-c", "echo once; exit " + ONCE_CODE);
        if (result.exit() == ONCE_CODE && !result.out().equals("once\n")) {
            complaints.add(name + " printed \"" + result.out() + "\"");
        }
        if (result.exit() == 0) {
            complaints.add(name + " was told to have succeeded");
        } else if (result.exit() != ONCE_CODE) {
            judge(result);
        }
    }

    private void look(String name) {
        var possible = model.container(name);
        var inspect = docker("inspect", "--type", "container", "-f", "{{.State.Status}} {{.State.ExitCode}}", name);
        switch (Outcome.of(inspect)) {
            case DONE -> {
                var seen = Seen.of(inspect.out().strip());
                if (seen.removing()) {
                    possible.mayBe("being removed", state -> state.is(Status.ABSENT));
                } else {
                    possible.seen("seen " + seen, seen::fits);
                }
            }
            case REFUSED -> possible.seen("not seen", state -> state.is(Status.ABSENT));
            case UNKNOWN -> judge(inspect);
        }
        lookAtLogs(name, possible);
    }

    private void lookAtLogs(String name, Possible<ContainerState, ContainerVerb> possible) {
        var logs = docker("logs", name);
        if (Outcome.of(logs) == Outcome.DONE) {
            var begins = logs.out().lines().filter("begin"::equals).count();
            // what has just begun may not have printed yet
            possible.seen(
                    begins + " lines",
                    state -> state.runs() == begins || (state.is(Status.RUNNING) && state.runs() == begins + 1));
        } else if (Outcome.of(logs) == Outcome.UNKNOWN) {
            judge(logs);
        }
    }
}
