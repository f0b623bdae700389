package dev.gantry.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./gantry bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures this platform, and others side by side with it in the same run.")
final class Bench implements Callable<Integer> {
    /** The processes write their spans in batches a fifth of a second apart. */
    private static final Duration SPANS_ARE_WRITTEN = Duration.ofSeconds(1);

    /** Enough for a 99th percentile that is not the worst of all. */
    private static final int EVENT_ROUNDS = 200;

    @Option(names = "--socket", description = "this platform's socket (default: ${DEFAULT-VALUE})")
    private Path socket = Path.of("/run/gantry/docker.sock");

    @Option(names = "--instance", description = "this platform's instance name (default: ${DEFAULT-VALUE})")
    private String instance = "gantry";

    @Option(names = "--against", description = "another engine: unix:///path/to.sock; may be repeated")
    private List<String> against = new ArrayList<>();

    @Option(names = "--rounds", description = "rounds that count (default: ${DEFAULT-VALUE})")
    private int rounds = 50;

    @Option(names = "--warm-up", description = "rounds before them that do not (default: ${DEFAULT-VALUE})")
    private int warmUp = 30;

    @Option(names = "--image", description = "an image that every engine has (default: ${DEFAULT-VALUE})")
    private String image = "busybox:latest";

    @Option(names = "--network", description = "HostConfig.NetworkMode of the containers (default: ${DEFAULT-VALUE})")
    private String network = "none";

    @Option(names = "--cli", description = "the docker command (default: ${DEFAULT-VALUE})")
    private String cli = "docker";

    @Option(
            names = "--waterfall",
            description = "instead of measuring, draw one docker run from the spans in this directory"
                    + " (the platform must run with GANTRY_TRACES=true)")
    private @Nullable Path waterfall;

    @Option(names = "--out", description = "also write the table to this file")
    private @Nullable Path out;

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var engines = new ArrayList<Engine>();
        try {
            engines.add(Engine.at(socket));
            for (var other : against) {
                engines.add(Engine.at(Path.of(other.replaceFirst("^unix://", ""))));
            }
            var report = waterfall == null ? measure(engines).toString() : draw(engines.getFirst(), waterfall);
            System.out.println(report);
            if (out != null) {
                Files.writeString(out, report);
            }
            return 0;
        } finally {
            for (var engine : engines) {
                engine.close();
            }
        }
    }

    private Report measure(List<Engine> engines) throws Exception {
        // memory first: idle means before we made work
        var idle = Memory.ofInstance(instance);
        var idleDocker = Memory.ofDocker();
        var scenarios = new Scenarios(image, cli, network);
        var full = new Rounds(warmUp, rounds);
        // a bulk round is 50 starts: a tenth of the rounds says as much
        var tenth = new Rounds(1, Math.max(3, rounds / 10));
        var report = new Report(engines, full);
        for (var scenario : scenarios.quick()) {
            progress(scenario);
            report.row(scenario, full.of(scenario, engines));
        }
        for (var scenario : scenarios.bulk()) {
            progress(scenario);
            report.row(scenario, tenth.of(scenario, engines));
        }
        var events = scenarios.eventVisible();
        progress(events);
        var visible = new Rounds(warmUp, EVENT_ROUNDS).of(events, engines);
        report.row(events, visible);
        report.tail(events, visible);
        report.memory(engines.getFirst().name(), idle);
        Optional.of(idleDocker).filter(found -> !found.isEmpty()).ifPresent(found -> report.memory("Docker", found));
        return report;
    }

    private String draw(Engine engine, Path traces) throws Exception {
        var run = new Scenarios(image, cli, network).commandLine();
        for (var i = 0; i < warmUp; i++) {
            run.run(engine);
        }
        var begin = epochNanos();
        run.run(engine);
        var end = epochNanos();
        Thread.sleep(SPANS_ARE_WRITTEN);
        return Waterfall.of(traces, begin, end).text();
    }

    private static long epochNanos() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
    }

    private static void progress(Scenario scenario) {
        System.err.println("measuring: " + scenario.name());
    }
}
