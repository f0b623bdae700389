package dev.gantry.bench;

import java.io.IOException;
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
        description = {
            "Measures this platform, and others side by side with it in the same run, and prints a table.",
            "Containers carry the label " + CreateRequest.LABEL
                    + "; those that a killed run has left are removed by the next."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all was measured", "1:some scenario failed on some engine, the others were measured"})
final class Bench implements Callable<Integer> {
    /** The processes write their spans in batches a fifth of a second apart. */
    private static final Duration SPANS_ARE_WRITTEN = Duration.ofSeconds(1);

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

    @Option(
            names = "--network",
            split = ",",
            description = "networks to start containers on, those that an engine has (default: none,bridge);"
                    + " ports are published on bridge, all else is measured on the first")
    private List<String> networks = List.of("none", "bridge");

    @Option(
            names = "--only",
            description = "only scenarios whose name, as the table has it, contains this; may be repeated")
    private List<String> only = new ArrayList<>();

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
            engines.add(Engine.at(socket, 0));
            for (var other : against) {
                engines.add(Engine.at(Path.of(other.replaceFirst("^unix://", "")), engines.size()));
            }
            if (waterfall != null) {
                print(draw(engines.getFirst(), waterfall));
                return 0;
            }
            var report = measure(engines);
            print(report.toString());
            return report.complete() ? 0 : 1;
        } finally {
            engines.forEach(Engine::close);
        }
    }

    private void print(String text) throws IOException {
        System.out.println(text);
        if (out != null) {
            Files.writeString(out, text);
        }
    }

    private Report measure(List<Engine> engines) throws IOException {
        // memory first: idle means before we made work
        var idle = Memory.ofInstance(instance);
        var idleDocker = Memory.ofDocker();
        var report = new Report(engines);
        for (var scenario : new Scenarios(image, cli, new Rounds(warmUp, rounds)).on(networks)) {
            if (only.isEmpty() || only.stream().anyMatch(scenario::isCalled)) {
                System.err.println("measuring: " + scenario.name());
                report.add(scenario, scenario.rounds().of(scenario, engines));
            }
        }
        report.memory(engines.getFirst().name(), idle);
        Optional.of(idleDocker).filter(found -> !found.isEmpty()).ifPresent(found -> report.memory("Docker", found));
        return report;
    }

    private String draw(Engine engine, Path traces) throws Exception {
        var starts = new Starts(image, cli, networks.getFirst());
        for (var i = 0; i < warmUp; i++) {
            starts.commandLine(engine);
        }
        var begin = epochNanos();
        starts.commandLine(engine);
        var end = epochNanos();
        Thread.sleep(SPANS_ARE_WRITTEN);
        return Waterfall.of(traces, begin, end).text();
    }

    private static long epochNanos() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
    }
}
