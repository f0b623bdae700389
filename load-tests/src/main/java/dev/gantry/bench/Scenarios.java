package dev.gantry.bench;

import dev.gantry.bench.Scenario.Row;
import java.util.ArrayList;
import java.util.List;

/** The list of what is measured, and how often. */
record Scenarios(String image, String cli, Rounds rounds) {
    private static final int SEQUENTIAL = 50;
    private static final int PARALLEL = 8;
    private static final int PORTS = 1000;

    /** Enough for a 99th percentile that is not the worst of all. */
    private static final int EVENT_ROUNDS = 200;

    private static final String SLEEP = "1000000";
    private static final String BRIDGE = "bridge";

    List<Scenario> on(List<String> networks) {
        var all = new ArrayList<Scenario>();
        for (var network : networks) {
            all.addAll(starts(network));
        }
        all.add(exec(networks.getFirst()));
        all.add(eventVisible(networks.getFirst()));
        if (networks.contains(BRIDGE)) {
            all.add(throughput());
            all.add(publishedPorts());
        }
        return all;
    }

    private List<Scenario> starts(String network) {
        var starts = new Starts(image, cli, network);
        return List.of(
                Scenario.of("create + start", network, rounds, starts::createStart),
                Scenario.of("create + start + wait + delete", network, rounds, starts::wholeLife),
                Scenario.of("`docker run --rm` by CLI", network, rounds, starts::commandLine),
                Scenario.of(
                        SEQUENTIAL + " starts, one after the other",
                        network,
                        tenth(),
                        engine -> starts.oneAfterTheOther(engine, SEQUENTIAL)),
                Scenario.of(
                        PARALLEL + " starts side by side",
                        network,
                        tenth(),
                        engine -> starts.sideBySide(engine, PARALLEL)));
    }

    private Scenario exec(String network) {
        return new Scenario(
                List.of(Row.millis("exec of `true`, attached, with its exit code")),
                network,
                rounds,
                new Execs(CreateRequest.of(image, network, "sleep", SLEEP)));
    }

    private Scenario eventVisible(String network) {
        var events = new Events(CreateRequest.of(image, network, "true"));
        return new Scenario(
                List.of(new Row("event visible after the answer to create", "ms", true)),
                network,
                new Rounds(rounds.warmUp(), Math.min(EVENT_ROUNDS, 4 * rounds.counted())),
                engine -> () -> List.of(events.visible(engine)));
    }

    private Scenario throughput() {
        var throughput = Throughput.of(image, BRIDGE);
        return new Scenario(throughput.rows(), BRIDGE, tenth(), throughput);
    }

    private Scenario publishedPorts() {
        return new Scenario(
                List.of(
                        Row.millis("start with " + PORTS + " published ports"),
                        Row.millis("stop with " + PORTS + " published ports")),
                BRIDGE,
                // a process and several rules for each port take Docker minutes
                new Rounds(0, Math.min(3, rounds.counted())),
                new PublishedPorts(CreateRequest.of(image, BRIDGE, "sleep", SLEEP), PORTS));
    }

    /** A bulk round is fifty starts: a tenth of the rounds says as much. */
    private Rounds tenth() {
        return new Rounds(1, Math.max(3, rounds.counted() / 10));
    }
}
