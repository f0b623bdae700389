package dev.gantry.launcher;

import dev.gantry.service.instance.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where the programs of one instance are and how they are run.
 *
 * @param applications one directory per program, each with a {@code quarkus-run.jar}
 * @param user who runs what need not be root
 * @param node this host's name in the cluster
 * @param training whether the processes note what their start needs
 */
record Installation(Instance instance, Path applications, String user, String node, boolean training) {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    String hostName() throws IOException {
        return Files.readString(HOST_NAME).strip();
    }

    /** Unpacked once per version and kept. */
    Path postgresPrograms() {
        return instance.data().resolve("postgres").resolve("programs");
    }

    List<String> command(Packaging.Program program) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-Xms24m",
                program.heap(),
                // gives back what the compiler took while everything was new: 20 MB of each process
                "-XX:TrimNativeHeapInterval=10000",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // what traces and memory tables call it
                "-Dgantry.process=" + program.name()));
        command.addAll(compilers());
        command.addAll(cache(program));
        command.addAll(List.of(
                "-jar",
                applications
                        .resolve(program.module())
                        .resolve("quarkus-run.jar")
                        .toString()));
        return List.copyOf(command);
    }

    /** Optimizing what is not hot costs a start more than it ever gives back, so most of it is left at what the first compiler makes. */
    private List<String> compilers() {
        var directives = applications.resolve("compilers.json");
        return Files.exists(directives)
                ? List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:CompilerDirectivesFile=" + directives)
                : List.of();
    }

    /** The JVM's notes of an earlier start (JEP 514), or the order to make some; a cache that does not fit is passed over. */
    private List<String> cache(Packaging.Program program) {
        var file = program.module() + ".aot";
        if (training) {
            return List.of("-XX:AOTCacheOutput=" + trained().resolve(file));
        }
        var cache = applications.resolve(file);
        if (!Files.exists(cache)) {
            return List.of();
        }
        return List.of(
                "-XX:AOTCache=" + cache,
                // mapped where it was made for: relocation would copy all of it
                "-XX:ArchiveRelocationMode=0",
                // a cache that does not fit is worth no word in the log
                "-Xlog:disable",
                "-Xlog:all=error:stderr");
    }

    /** Where a training run leaves what it has learnt. */
    Path trained() {
        return instance.data().resolve("trained");
    }

    /** Ports that only the process as a whole has are said here, so that they are right in both packagings. */
    Map<String, String> environment(Packaging.Program program) {
        return Map.of(
                "QUARKUS_MANAGEMENT_PORT", String.valueOf(instance.port(program.management())),
                "GANTRY_INSTANCE", instance.name(),
                "GANTRY_DATA", instance.data().toString(),
                "GANTRY_RUN", instance.run().toString(),
                "GANTRY_AGENT_NODE", node);
    }
}
