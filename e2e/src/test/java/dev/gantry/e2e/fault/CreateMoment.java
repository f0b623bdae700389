package dev.gantry.e2e.fault;

import java.util.ArrayList;
import java.util.List;

/** {@code docker create}, with a port and a volume. */
record CreateMoment(Stage stage) implements Scenario {
    @Override
    public Moment moment() {
        return Moment.CREATE;
    }

    @Override
    public void prepare() {}

    @Override
    public Operation call(int round) {
        var name = stage.object(moment(), round);
        return stage.call(name, words(name));
    }

    private String[] words(String name) {
        return stage.make(
                "create", name, List.of("-p", "127.0.0.1::80", "-v", name + ":/d"), "echo begin; exec sleep 1000");
    }

    @Override
    public List<String> unsettled(World world, List<Operation> calls) {
        var problems = new ArrayList<String>();
        for (var call : calls) {
            var name = call.object();
            if (call.answered()
                    && !world.at(name, "/Id").equals(call.result().out().strip())) {
                problems.add(name + " was answered and is not there: " + call);
            }
            if (world.has(name) && !world.status(name).equals("created")) {
                problems.add(name + " is " + world.status(name));
            }
            if (world.has(name) && !world.volumes().contains(name)) {
                problems.add(name + " is there without its volume");
            }
        }
        return problems;
    }

    @Override
    public List<String> repeat(List<Operation> calls) {
        var problems = new ArrayList<String>();
        for (var call : calls) {
            if (!call.answered()) {
                var again = stage.call(call.object(), words(call.object()));
                if (!again.answered() && !again.result().err().contains("is already in use by container")) {
                    problems.add("repeated: " + again);
                }
            }
            var start = stage.call(call.object(), "start", call.object());
            if (!start.answered()) {
                problems.add("after " + call + ": " + start);
            }
        }
        return problems;
    }

    @Override
    public List<String> unfinished(World world, List<Operation> calls) {
        var problems = new ArrayList<String>();
        for (var call : calls) {
            problems.addAll(Running.flaws(stage, world, call.object()));
        }
        return problems;
    }
}
