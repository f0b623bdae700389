package dev.gantry.e2e.fault;

import java.util.ArrayList;
import java.util.List;

/** {@code docker start} of containers with a port and a volume, every second of them with a restart policy. */
record StartMoment(Stage stage) implements Scenario {
    private static final int POOL = 8;

    @Override
    public Moment moment() {
        return Moment.START;
    }

    @Override
    public int rounds() {
        return POOL;
    }

    @Override
    public void prepare() {
        for (var i = 0; i < POOL; i++) {
            var name = stage.object(moment(), i);
            var options = List.of(
                    "-p", "127.0.0.1::80", "-v", name + ":/d", "--restart", i % 2 == 0 ? "no" : "unless-stopped");
            stage.must(stage.make("create", name, options, "echo begin; exec sleep 1000"));
        }
    }

    @Override
    public Operation call(int round) {
        var name = stage.object(moment(), round);
        return stage.call(name, "start", name);
    }

    @Override
    public List<String> unsettled(World world, List<Operation> calls) {
        var problems = new ArrayList<String>();
        for (var call : calls) {
            var name = call.object();
            if (stage.hostDies() && !restarts(name)) {
                if (!world.status(name).equals("exited")
                        && (call.answered() || !world.status(name).equals("created"))) {
                    problems.add(name + " is " + world.status(name) + " after " + call);
                }
            } else if (call.answered() || !world.status(name).equals("created")) {
                Running.unstarted(world, name).forEach(flaw -> problems.add("after " + call + " " + flaw));
            }
        }
        return problems;
    }

    /** What a host that died ran is started again if it has a policy. */
    private boolean restarts(String name) {
        return Integer.parseInt(name.substring(stage.prefix(moment()).length())) % 2 == 1;
    }

    @Override
    public List<String> repeat(List<Operation> calls) {
        return calls.stream()
                .filter(call -> stage.hostDies() || !call.answered())
                .map(call -> stage.call(call.object(), "start", call.object()))
                .filter(again -> !again.answered())
                .map(again -> "repeated: " + again)
                .toList();
    }

    @Override
    public List<String> unfinished(World world, List<Operation> calls) {
        return calls.stream()
                .flatMap(call -> Running.flaws(stage, world, call.object()).stream())
                .toList();
    }
}
