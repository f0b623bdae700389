package dev.gantry.platform.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A short-lived program, run to its end. */
public final class Command {
    private Command() {}

    /**
     * Runs the program with the given text as its input; returns what it printed on both its outputs.
     *
     * @throws IOException with the program's output, if it fails
     */
    public static String run(List<String> command, String input) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // small inputs only: they fit the pipe, so nobody waits for anybody
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var status = exitStatus(process);
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " exited " + status + ": " + output.strip());
        }
        return output;
    }

    private static int exitStatus(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
