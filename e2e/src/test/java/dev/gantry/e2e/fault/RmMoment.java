package dev.gantry.e2e.fault;

import java.util.ArrayList;
import java.util.List;

/** {@code docker rm -fv} of containers with a port and an anonymous volume, every second of them running. */
record RmMoment(Stage stage) implements Scenario {
    private static final int POOL = 8;

    @Override
    public Moment moment() {
        return Moment.RM;
    }

    @Override
    public int rounds() {
        return POOL;
    }

    @Override
    public void prepare() {
        for (var i = 0; i < POOL; i++) {
            var options = List.of("-p", "127.0.0.1::80", "-v", "/d");
            stage.must(stage.make(
                    i % 2 == 0 ? "run" : "create", stage.object(moment(), i), options, "echo begin; exec sleep 1000"));
        }
    }

    @Override
    public Operation call(int round) {
        var name = stage.object(moment(), round);
        return stage.call(name, "rm", "-fv", name);
    }

    @Override
    public List<String> unsettled(World world, List<Operation> calls) {
        var problems = new ArrayList<String>();
        for (var call : calls) {
            var name = call.object();
            if (world.has(name) && (call.answered() || !intact(world.status(name)))) {
                problems.add(name + " is " + world.status(name) + " after " + call);
            }
        }
        return problems;
    }

    private boolean intact(String status) {
        return status.equals("created") || status.equals(stage.hostDies() ? "exited" : "running");
    }

    @Override
    public List<String> repeat(List<Operation> calls) {
        return calls.stream()
                .filter(call -> !call.answered())
                .map(call -> stage.call(call.object(), "rm", "-fv", call.object()))
                .filter(again -> !again.answered() && !again.result().err().contains("No such container"))
                .map(again -> "repeated: " + again)
                .toList();
    }

    @Override
    public List<String> unfinished(World world, List<Operation> calls) {
        return calls.stream()
                .map(Operation::object)
                .filter(world::has)
                .map(name -> name + " is still there: " + world.status(name))
                .toList();
    }
}
