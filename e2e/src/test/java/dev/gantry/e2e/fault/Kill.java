package dev.gantry.e2e.fault;

import dev.gantry.e2e.harness.Await;
import dev.gantry.e2e.harness.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One kill -9, with clients in the middle of one verb or of several side by side, and what is found afterwards. */
final class Kill {
    private static final Duration BACK = Duration.ofSeconds(90);
    private static final long RIGHT_AFTER_RETURN = TimeUnit.SECONDS.toNanos(10);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int EARLIEST_MILLIS = 100;
    private static final int LATEST_MILLIS = 1_200;

    private final Stage stage;
    private final Platform platform;
    private final Random random;
    private final List<Scenario> scenarios;
    private final Map<Moment, List<Operation>> calls = new EnumMap<>(Moment.class);
    private final Map<Moment, List<String>> problems = new EnumMap<>(Moment.class);
    private final long since = System.currentTimeMillis() / 1000;
    private volatile boolean over;
    private volatile long killed = Long.MAX_VALUE;

    private Kill(Stage stage, Set<Moment> moments, long seed) {
        this.stage = stage;
        this.platform = stage.platform();
        this.random = new Random(seed);
        this.scenarios = moments.stream().map(this::scenario).toList();
        moments.forEach(moment -> problems.put(moment, new ArrayList<>()));
    }

    /**
     * Kills, waits for the return, looks, repeats, looks again and cleans up.
     *
     * @param seed decides how long the clients have been at it
     * @return what was wrong, by moment; empty lists where nothing was
     */
    static Map<Moment, List<String>> of(Stage stage, Set<Moment> moments, long seed) {
        var kill = new Kill(stage, moments, seed);
        try {
            kill.run();
        } catch (RuntimeException | AssertionError e) {
            moments.forEach(moment -> kill.note(moment, List.of(String.valueOf(e.getMessage()))));
        } finally {
            kill.cleanUp();
        }
        return kill.problems;
    }

    private Scenario scenario(Moment moment) {
        return switch (moment) {
            case IDLE -> new IdleMoment(stage);
            case CREATE -> new CreateMoment(stage);
            case START -> new StartMoment(stage);
            case EXEC -> new ExecMoment(stage);
            case ATTACH -> new AttachMoment(stage);
            case STOP -> new StopMoment(stage);
            case RM -> new RmMoment(stage);
            case IMPORT -> new ImportMoment(stage);
        };
    }

    private void run() {
        sideBySide(scenario -> {
            scenario.prepare();
            return List.of();
        });
        problems.values().forEach(Kill::failIfAny);
        var before = stage.victim().process().isEmpty()
                ? 0
                : platform.pid(stage.victim().process());
        var clients = scenarios.stream()
                .map(scenario -> CompletableFuture.runAsync(() -> keepCalling(scenario), Thread::startVirtualThread))
                .toList();
        var delay = EARLIEST_MILLIS + random.nextInt(LATEST_MILLIS - EARLIEST_MILLIS);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delay));
        var returned = killAndAwaitReturn(before);
        over = true;
        clients.forEach(CompletableFuture::join);
        judgeAnswers();
        settle(returned, scenario -> world -> scenario.unsettled(world, calls(scenario)));
        agree();
        sideBySide(scenario -> scenario.repeat(calls(scenario)));
        settle(System.nanoTime(), scenario -> world -> scenario.unfinished(world, calls(scenario)));
        System.out.printf("%s: killed after %d ms: %s%n", stage.name(), delay, hits());
    }

    private static void failIfAny(List<String> found) {
        if (!found.isEmpty()) {
            throw new AssertionError("not even begun: " + found);
        }
    }

    private long killAndAwaitReturn(long before) {
        if (stage.hostDies()) {
            killed = System.nanoTime();
            platform.hostDies();
            platform.boot();
            return System.nanoTime();
        }
        if (stage.victim() == Victim.MONITOR) {
            var monitors = Monitors.of(platform.instance());
            killed = System.nanoTime();
            monitors.forEach(ProcessHandle::destroyForcibly);
            return killed;
        }
        var process = stage.victim().process();
        killed = System.nanoTime();
        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        Await.until(process + " is back", BACK, () -> platform.isBack(process, before));
        var returned = System.nanoTime();
        System.out.printf("%s: back after %d ms%n", stage.name(), TimeUnit.NANOSECONDS.toMillis(returned - killed));
        return returned;
    }

    private void keepCalling(Scenario scenario) {
        var done = new ArrayList<Operation>();
        try {
            for (var round = 0;
                    round < scenario.rounds() && !over && (done.isEmpty() || last(done) < killed);
                    round++) {
                done.add(scenario.call(round));
            }
        } catch (RuntimeException | AssertionError hang) {
            note(scenario.moment(), List.of(String.valueOf(hang.getMessage())));
        }
        synchronized (calls) {
            calls.put(scenario.moment(), List.copyOf(done));
        }
    }

    private static long last(List<Operation> done) {
        return done.getLast().ended();
    }

    private List<Operation> calls(Scenario scenario) {
        synchronized (calls) {
            return calls.getOrDefault(scenario.moment(), List.of());
        }
    }

    private void note(Moment moment, List<String> found) {
        synchronized (problems) {
            problems.getOrDefault(moment, new ArrayList<>()).addAll(found);
        }
    }

    /** Whoever got no answer must have got a reason. */
    private void judgeAnswers() {
        for (var scenario : scenarios) {
            for (var call : calls(scenario)) {
                if (!call.answered() && !isAnExecsOwnExit(scenario, call)) {
                    Refusal.complaint(call.result().err(), stage.victim().holdsConnections())
                            .ifPresent(complaint -> note(scenario.moment(), List.of(complaint + ": " + call)));
                }
            }
        }
    }

    /** The CLI ends without a word when nobody answers as it asks for an exec's exit code. */
    private boolean isAnExecsOwnExit(Scenario scenario, Operation call) {
        return scenario.moment() == Moment.EXEC
                && (call.result().exit() == ExecMoment.CODE
                        || (stage.victim().holdsConnections() && call.result().exit() == ExecMoment.NOBODY_ANSWERED));
    }

    private void sideBySide(Function<Scenario, List<String>> step) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            scenarios.forEach(scenario -> threads.execute(() -> take(step, scenario)));
        }
    }

    private void take(Function<Scenario, List<String>> step, Scenario scenario) {
        try {
            note(scenario.moment(), step.apply(scenario));
        } catch (RuntimeException | AssertionError e) {
            note(scenario.moment(), List.of(String.valueOf(e.getMessage())));
        }
    }

    /** Looks until nothing is wrong any more, or ten seconds are over. */
    private void settle(long from, Function<Scenario, Function<World, List<String>>> check) {
        var found = look(check);
        while (found.values().stream().anyMatch(each -> !each.isEmpty())
                && System.nanoTime() - from < RIGHT_AFTER_RETURN) {
            LockSupport.parkNanos(STEP);
            found = look(check);
        }
        System.out.printf(
                "%s: looked until %d ms%n", stage.name(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from));
        found.forEach(this::note);
    }

    /** What the stores and the kernel disagree about is told where the name of a moment's object stands in it, else with the first. */
    private void agree() {
        if (stage.victim() == Victim.MONITOR) {
            return; // what runs on without one is told as a disagreement
        }
        try {
            platform.assertConsistent();
        } catch (AssertionError disagreement) {
            var text = String.valueOf(disagreement.getMessage());
            var concerned = problems.keySet().stream()
                    .filter(moment -> text.contains(stage.prefix(moment)))
                    .findFirst()
                    .orElse(Moment.IDLE);
            note(concerned, List.of(text));
        }
    }

    private Map<Moment, List<String>> look(Function<Scenario, Function<World, List<String>>> check) {
        try {
            var world = World.of(platform, stage.label(), since);
            return scenarios.stream().collect(Collectors.toMap(Scenario::moment, scenario -> {
                var found = new ArrayList<>(check.apply(scenario).apply(world));
                found.addAll(world.contradictions(stage.prefix(scenario.moment())));
                return found;
            }));
        } catch (AssertionError noAnswer) {
            return scenarios.stream()
                    .collect(Collectors.toMap(
                            Scenario::moment, scenario -> List.of(String.valueOf(noAnswer.getMessage()))));
        }
    }

    /** Which calls the kill found waiting. */
    private String hits() {
        return scenarios.stream()
                .map(scenario -> scenario.moment().tag() + " "
                        + calls(scenario).size() + " calls"
                        + calls(scenario).stream()
                                .filter(call -> call.covers(killed))
                                .map(call -> ", hit one that ended with "
                                        + call.result().exit() + " "
                                        + call.result().err().strip())
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("; "));
    }

    private void cleanUp() {
        over = true;
        scenarios.forEach(Scenario::leave);
        platform.shell("docker ps -aq --filter label=" + stage.label() + " | xargs -r docker rm -fv >/dev/null"
                + "; docker volume ls -q | grep '^" + stage.name() + "-' | xargs -r docker volume rm >/dev/null"
                + "; docker images --format '{{.Repository}}:{{.Tag}}' | grep '^" + stage.name()
                + "-' | xargs -r docker rmi >/dev/null; true");
    }
}
