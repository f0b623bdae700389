package dev.gantry.platform.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to start a long-running program that outlives its starter: in a session of its own, its output appended to a log, its
 * {@link ProcessId} in a pid file by which the next starter finds it.
 */
public record Daemon(
        String name,
        List<String> command,
        Map<String, String> environment,
        OsUser user,
        Path log,
        Path pidFile,
        Path workingDirectory) {
    public Daemon {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The running process that an earlier starter has left, if there is one. */
    public Optional<ProcessId> running() throws IOException {
        return running(pidFile);
    }

    public static Optional<ProcessId> running(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        return ProcessId.parse(Files.readString(pidFile)).filter(ProcessId::alive);
    }

    public ProcessId start() throws IOException {
        Files.createDirectories(log.getParent());
        var detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(user.running(command));
        var builder = new ProcessBuilder(detached)
                .directory(workingDirectory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        // setsid and setpriv exec in place, so this pid is the program's own
        var process = builder.start();
        var id = ProcessId.of(process.pid()).orElseThrow(() -> new IOException(name + " ended at once, see " + log));
        PrivateFiles.write(pidFile, id + "\n", OsUser.current());
        return id;
    }
}
