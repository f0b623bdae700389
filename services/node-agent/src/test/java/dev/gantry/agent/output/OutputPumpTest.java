package dev.gantry.agent.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.process.EpollLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPumpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    /** As on a full disk, or without a file descriptor left. */
    @Test
    void losesNothingWhileTheIndexCannotBeWritten() throws Exception {
        var kernel = Kernel.real();
        var spool = Spool.open(directory, 0);
        var index = new SpoolFiles(directory).index();
        Files.createDirectory(index);
        var pipe = kernel.pipe2(0);
        try (var loop = EpollLoop.start(kernel, "test-streams");
                var outputs = new Outputs(kernel, loop);
                var source = Fd.own(kernel, pipe.readEnd());
                var sink = Fd.own(kernel, pipe.writeEnd())) {
            var pump = new OutputPump(kernel, loop, outputs, spool, Stream.STDOUT, source, false);
            kernel.write(sink.number(), "one".getBytes(UTF_8));
            awaitSize(spool.file(Stream.STDOUT), 3);
            kernel.write(sink.number(), "two".getBytes(UTF_8));
            Files.delete(index);
            kernel.close(sink.release());
            pump.done().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(spool.file(Stream.STDOUT)).hasContent("onetwo");
        assertThat(spool.length(Stream.STDOUT)).isEqualTo(6);
    }

    private static void awaitSize(Path file, long size) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (Files.size(file) < size) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
