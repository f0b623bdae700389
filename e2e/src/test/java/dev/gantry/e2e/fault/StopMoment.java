package dev.gantry.e2e.fault;

import dev.gantry.e2e.harness.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code docker stop} of containers that end by themselves when they are asked to, every second of them with a restart policy. */
record StopMoment(Stage stage) implements Scenario {
    private static final int POOL = 8;
    private static final Duration PREPARED = Duration.ofSeconds(30);

    @Override
    public Moment moment() {
        return Moment.STOP;
    }

    @Override
    public int rounds() {
        return POOL;
    }

    @Override
    public void prepare() {
        for (var i = 0; i < POOL; i++) {
            var name = stage.object(moment(), i);
            var options = List.of("--restart", i % 2 == 0 ? "no" : "unless-stopped");
            stage.must(stage.make("run", name, options, "trap 'exit 5' TERM; echo ready; sleep 1000 & wait"));
        }
        for (var i = 0; i < POOL; i++) {
            var name = stage.object(moment(), i);
            Await.until(
                    name + " listens to signals",
                    PREPARED,
                    () -> stage.logs(name).equals("ready\n"));
        }
    }

    @Override
    public Operation call(int round) {
        var name = stage.object(moment(), round);
        return stage.call(name, "stop", "-t", "20", name);
    }

    @Override
    public List<String> unsettled(World world, List<Operation> calls) {
        var problems = new ArrayList<String>();
        for (var call : calls) {
            var name = call.object();
            var state = world.status(name);
            if (!state.equals("exited") && (call.answered() || !state.equals("running"))) {
                problems.add(name + " is " + state + " after " + call);
            }
            problems.addAll(wrongEnd(world, name));
        }
        return problems;
    }

    private List<String> wrongEnd(World world, String name) {
        var code = world.at(name, "/State/ExitCode");
        return world.status(name).equals("exited") && !code.equals("5") && !(stage.hostDies() && code.equals("255"))
                ? List.of(name + " has ended with " + world.at(name, "/State/ExitCode"))
                : List.of();
    }

    @Override
    public List<String> repeat(List<Operation> calls) {
        return calls.stream()
                .filter(call -> !call.answered())
                .map(call -> stage.call(call.object(), "stop", "-t", "20", call.object()))
                .filter(again -> !again.answered())
                .map(again -> "repeated: " + again)
                .toList();
    }

    @Override
    public List<String> unfinished(World world, List<Operation> calls) {
        var problems = new ArrayList<String>();
        for (var call : calls) {
            if (!world.status(call.object()).equals("exited")) {
                problems.add(call.object() + " is " + world.status(call.object()));
            }
            problems.addAll(wrongEnd(world, call.object()));
            var log = stage.logs(call.object());
            if (stage.hostDies() ? !log.matches("(ready\n)+") : !log.equals("ready\n")) {
                problems.add("the log of " + call.object() + " is: " + log);
            }
        }
        return problems;
    }
}
