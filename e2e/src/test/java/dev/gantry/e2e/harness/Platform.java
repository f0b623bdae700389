package dev.gantry.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gantry.e2e.harness.Command.Result;
import dev.gantry.service.instance.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A platform that runs for the tests under an instance name of its own, started and stopped by the {@code gantry} script. */
public final class Platform implements AutoCloseable {
    private static final Duration UP = Duration.ofMinutes(5);
    private static final Duration CALL = Duration.ofSeconds(60);
    private static final Duration SCRIPT = Duration.ofMinutes(3);
    private static final byte[] NOTHING = {};

    private final Packaging packaging;
    private final Instance instance;

    private Platform(String instance, Packaging packaging) {
        this.packaging = packaging;
        this.instance = Instance.named(instance);
    }

    static Platform up(Packaging packaging) {
        return up(packaging.instance(), packaging);
    }

    /** One that no other test sees, with one control plane; closed by the caller. */
    public static Platform ofItsOwn(String name) {
        return up(Packaging.named(name), Packaging.ONE_CONTROL_PLANE);
    }

    private static Platform up(String instance, Packaging packaging) {
        var platform = new Platform(instance, packaging);
        platform.down();
        platform.wipe();
        try {
            platform.begin();
            return platform;
        } catch (RuntimeException | AssertionError e) {
            platform.down();
            throw e;
        }
    }

    private void begin() {
        boot();
        var imported = docker(Rootfs.busybox(), "import", "-", "busybox:latest");
        assertThat(imported.exit()).as("docker import: %s", imported.err()).isZero();
    }

    /** As at the boot of the host. */
    public void boot() {
        var up = gantry(UP, packaging.up().toArray(String[]::new));
        assertThat(up.exit()).as("gantry up: %s%s", up.out(), up.err()).isZero();
    }

    /** All at once: every process of the platform and of its containers, and whatever the kernel had of them. {@link #boot} follows. */
    public void hostDies() {
        new HostDeath(instance).happen();
    }

    /** All stores and the kernel agree, or do so as soon as what is in motion has come to rest. */
    public void assertConsistent() {
        var doctor = gantry(CALL, "doctor", "--consistency");
        assertThat(doctor.exit()).as("%s%s", doctor.out(), doctor.err()).isZero();
    }

    public Instance instance() {
        return instance;
    }

    /** The unmodified docker CLI on this platform's socket. */
    public Result docker(String... arguments) {
        return docker(NOTHING, arguments);
    }

    public Result docker(byte[] input, String... arguments) {
        return told(command(input, CALL, words("docker", arguments)).run(), arguments);
    }

    /** The log of a failed test shows what its client saw. */
    private Result told(Result result, String... arguments) {
        if (result.exit() != 0) {
            System.out.printf(
                    "%s: docker %s: exit %d: %s%n",
                    instance.name(),
                    String.join(" ", arguments),
                    result.exit(),
                    result.err().strip());
        }
        return result;
    }

    /**
     * As {@link #docker(String...)}, for a client that must have been answered within {@code limit}.
     *
     * @throws AssertionError with what it has printed, when it was not
     */
    public Result docker(Duration limit, byte[] input, String... arguments) {
        return command(input, limit, words("docker", arguments)).run();
    }

    public Process dockerInBackground(String... arguments) throws IOException {
        return command(NOTHING, CALL, words("docker", arguments)).start();
    }

    /** A script of bash in which {@code docker} means this platform; it fails with the first part of a pipe that does. */
    public Result shell(String script) {
        var words = List.of("bash", "-c", "set -o pipefail; " + script);
        return told(command(NOTHING, SCRIPT, words).run(), script);
    }

    /** A docker command at a terminal, with a person in front of it. */
    public Terminal terminal(String docker) {
        try {
            return new Terminal(
                    command(NOTHING, CALL, List.of(Terminal.words(docker))).start());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public Result gantry(String... arguments) {
        return gantry(CALL, arguments);
    }

    private Result gantry(Duration limit, String... arguments) {
        return command(NOTHING, limit, words("./gantry", arguments)).run();
    }

    private Command command(byte[] input, Duration limit, List<String> words) {
        return new Command(
                words,
                Map.of(
                        "GANTRY_INSTANCE",
                        instance.name(),
                        "DOCKER_HOST",
                        "unix://" + instance.dockerSocket(),
                        "DOCKER_CLI_HINTS",
                        "false"),
                input,
                limit);
    }

    private static List<String> words(String program, String... arguments) {
        return Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
    }

    /** The process id of a platform process, by its name in {@code gantry status}. */
    public long pid(String process) {
        return row(process).path("pid").asLong();
    }

    /** Whether a process of the platform answers, by its own word. */
    public boolean ready(String process) {
        return row(process).path("state").asText().equals("ready");
    }

    private JsonNode row(String process) {
        var status = status();
        for (var row : status) {
            if (row.path("process").asText().equals(process)) {
                return row;
            }
        }
        throw new AssertionError("no process " + process + " in " + status);
    }

    private JsonNode status() {
        var status = gantry("status", "--json");
        try {
            return new ObjectMapper().readTree(status.out()).path("processes");
        } catch (IOException e) {
            throw new AssertionError("gantry status --json said: " + status.out() + status.err(), e);
        }
    }

    /**
     * A process that has said that it is ready and has not ended since, by the file behind {@code gantry status}: one may ask often. A
     * launcher that was killed leaves that file as it was.
     */
    public Optional<ProcessHandle> running(String process) {
        try {
            return Files.readAllLines(instance.run().resolve("pids").resolve("status")).stream()
                    .map(line -> List.of(line.split("\t", -1)))
                    .filter(row -> row.get(0).equals(process) && row.get(1).equals("READY"))
                    .findFirst()
                    .flatMap(row -> ProcessHandle.of(Long.parseLong(row.get(2))))
                    .filter(ProcessHandle::isAlive);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Whether another process than {@code before} has the name and is ready. */
    public boolean isBack(String process, long before) {
        return running(process).filter(now -> now.pid() != before).isPresent();
    }

    /** kill -9, and nothing else. */
    public void kill(String process) {
        assertThat(ProcessHandle.of(pid(process)).orElseThrow().destroyForcibly())
                .isTrue();
    }

    public List<String> processes() {
        var names = new ArrayList<String>();
        StreamSupport.stream(status().spliterator(), false)
                .forEach(row -> names.add(row.path("process").asText()));
        return names;
    }

    private void down() {
        gantry(UP, "down", "--containers");
    }

    private void wipe() {
        new Command(
                        List.of(
                                "rm",
                                "-rf",
                                instance.data().toString(),
                                instance.run().toString()),
                        Map.of(),
                        NOTHING,
                        CALL)
                .run();
    }

    @Override
    public void close() {
        down();
        Leftovers.of(instance).assertNone();
        wipe();
    }
}
