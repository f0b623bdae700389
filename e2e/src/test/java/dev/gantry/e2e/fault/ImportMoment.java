package dev.gantry.e2e.fault;

import dev.gantry.e2e.harness.Rootfs;
import java.util.ArrayList;
import java.util.List;

/** {@code docker import}; each archive is another. */
record ImportMoment(Stage stage) implements Scenario {
    @Override
    public Moment moment() {
        return Moment.IMPORT;
    }

    @Override
    public void prepare() {}

    @Override
    public Operation call(int round) {
        return load(stage.object(moment(), round) + ":1");
    }

    private Operation load(String image) {
        return stage.call(image, Rootfs.busybox(image), "import", "-", image);
    }

    @Override
    public List<String> unsettled(World world, List<Operation> calls) {
        return calls.stream()
                .filter(call -> call.answered() && !world.images().contains(call.object()))
                .map(call -> "answered, and not there: " + call)
                .toList();
    }

    @Override
    public List<String> repeat(List<Operation> calls) {
        var problems = new ArrayList<String>();
        for (var call : calls) {
            if (!call.answered()) {
                var again = load(call.object());
                if (!again.answered()) {
                    problems.add("repeated: " + again);
                }
            }
        }
        // what the kill hit and what came before it
        calls.stream().skip(Math.max(0, calls.size() - 2)).forEach(call -> {
            var run = stage.call(
                    call.object(),
                    "run",
                    "--rm",
                    "--label",
                    stage.label(),
                    "--network",
                    "none",
                    call.object(),
                    "cat",
                    "/mark");
            if (!run.result().out().equals(call.object())) {
                problems.add("the image of " + call + ": " + run);
            }
        });
        return problems;
    }

    @Override
    public List<String> unfinished(World world, List<Operation> calls) {
        return calls.stream()
                .map(Operation::object)
                .filter(image -> !world.images().contains(image))
                .map(image -> image + " is not there")
                .toList();
    }
}
