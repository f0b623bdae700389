package dev.gantry.agent.usage;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.ProcessTable;
import dev.gantry.linux.cgroup.ContainerCgroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the host's {@code ps}, which knows more columns than anybody else; its arguments come from the client, as words, past any shell. */
final class Processes {
    private static final int PATIENCE_SECONDS = 10;
    private static final int MOST_BYTES = 8 << 20;

    private record Ran(int code, String out, String error) {}

    private Processes() {}

    static ProcessTable of(ContainerCgroup group, String given) throws InterruptedException {
        var arguments = PsArguments.of(given);
        var pids = group.processes();
        var ran = run(PsArguments.only(arguments, pids));
        if (ran.code() != 0) { // some options, such as f, do not go with a choice of processes
            ran = run(arguments);
        }
        if (ran.code() != 0) {
            throw ErrorCode.INTERNAL.with(
                    "ps: " + ran.error().lines().findFirst().orElse("exit status " + ran.code()));
        }
        return PsOutput.of(ran.out(), pids);
    }

    private static Ran run(List<String> arguments) throws InterruptedException {
        var command = new ArrayList<>(List.of("ps"));
        command.addAll(arguments);
        var ps = started(command);
        try {
            var error = later(ps.getErrorStream());
            var out = later(ps.getInputStream());
            if (!ps.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw ErrorCode.TIMED_OUT.with("ps");
            }
            return new Ran(ps.exitValue(), out.join(), error.join());
        } finally {
            ps.destroyForcibly();
        }
    }

    private static Process started(List<String> command) {
        try {
            var ps = new ProcessBuilder(command).start();
            ps.getOutputStream().close();
            return ps;
        } catch (IOException e) {
            throw ErrorCode.INTERNAL.with("ps: " + e.getMessage()).causedBy(e);
        }
    }

    private static CompletableFuture<String> later(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new String(stream.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Thread::startVirtualThread);
    }
}
