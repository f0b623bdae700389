package dev.gantry.e2e.fault;

import java.util.ArrayList;
import java.util.List;

/** {@code docker exec} of a program with output and an exit code. */
record ExecMoment(Stage stage) implements Scenario {
    static final int CODE = 7;
    static final int NOBODY_ANSWERED = 255;

    @Override
    public Moment moment() {
        return Moment.EXEC;
    }

    private String name() {
        return stage.object(moment(), 0);
    }

    @Override
    public void prepare() {
        stage.must(stage.make("run", name(), List.of("--network", "none"), "exec sleep 1000"));
    }

    @Override
    public Operation call(int round) {
        return stage.call(name(), "exec", name(), "sh", "-c", "echo out; sleep 0.1; echo end; exit " + CODE);
    }

    @Override
    public List<String> unsettled(World world, List<Operation> calls) {
        var problems = new ArrayList<String>();
        for (var call : calls) {
            var result = call.result();
            if (result.exit() == CODE && !result.out().equals("out\nend\n")) {
                problems.add("the exit code was told, the output was \"" + result.out() + "\": " + call);
            }
            if (result.exit() == 0) {
                problems.add("it was told to have succeeded: " + call);
            }
        }
        var history = world.histories().get(world.at(name(), "/Id"));
        if (history != null && history.openExecs() > 0) {
            problems.add("an exec has ended, and no event tells: " + history);
        }
        return problems;
    }

    @Override
    public List<String> repeat(List<Operation> calls) {
        if (stage.hostDies()) {
            stage.quietly("start", name());
        }
        var again = call(0);
        return again.result().exit() == CODE && again.result().out().equals("out\nend\n")
                ? List.of()
                : List.of("repeated: " + again);
    }

    @Override
    public List<String> unfinished(World world, List<Operation> calls) {
        var problems = new ArrayList<>(unsettled(world, calls));
        if (!world.status(name()).equals("running")) {
            problems.add(name() + " is " + world.status(name()));
        }
        return problems;
    }
}
