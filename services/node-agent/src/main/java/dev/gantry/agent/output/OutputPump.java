package dev.gantry.agent.output;

import dev.gantry.agent.journal.EpochNanos;
import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.process.EpollLoop;
import dev.gantry.linux.process.Splice;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Moves one output of one run into the spool until its end. The watching thread only says that something is there; the moving, which may
 * wait for a disk, is done by the pool's threads.
 */
final class OutputPump {
    private static final Logger LOG = Logger.getLogger(OutputPump.class);
    private static final int AT_ONCE = 1 << 20;
    private static final int TURNS = 16;
    private static final int TERMINAL_BUFFER = 64 << 10;
    private static final int RETRY_SECONDS = 1;
    private static final byte[] NOTHING = {};

    private sealed interface Moved {
        record Some(int bytes) implements Moved {}

        record Nothing() implements Moved {}

        record End() implements Moved {}
    }

    private final Kernel kernel;
    private final Outputs pool;
    private final Spool spool;
    private final Stream stream;
    private final Fd source;
    private final boolean terminal;
    private final Fd file;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** In the file, but the spool could not note it: nothing may be put there instead. */
    private int unnoted;

    /** Read from the terminal, but not in the file yet. */
    private byte[] unwritten = NOTHING;

    OutputPump(Kernel kernel, EpollLoop loop, Outputs pool, Spool spool, Stream stream, Fd source, boolean terminal) {
        this.kernel = kernel;
        this.pool = pool;
        this.spool = spool;
        this.stream = stream;
        this.source = source;
        this.terminal = terminal;
        this.file = Fd.own(
                kernel, kernel.open(spool.file(stream).toString(), FileCalls.O_WRONLY | FileCalls.O_CREAT, 0_600));
        var _ = loop.watch(source, EpollLoop.IN, (watch, _) -> {
            watch.pause();
            pool.execute(() -> pump(watch));
        });
    }

    /** Completes when all that was written is in the spool. */
    CompletableFuture<Void> done() {
        return done;
    }

    private void pump(EpollLoop.Watch watch) {
        try {
            note(unnoted);
            for (var turn = 0; turn < TURNS; turn++) {
                switch (terminal ? copy() : splice()) {
                    case Moved.Some(var bytes) -> note(bytes);
                    case Moved.Nothing() -> {
                        watch.resume();
                        return;
                    }
                    case Moved.End() -> {
                        finish(watch);
                        return;
                    }
                }
            }
            watch.resume(); // others want their turn too
        } catch (RuntimeException e) {
            if (!source.isOpen()) {
                finish(watch); // its run was given up
                return;
            }
            LOG.errorf(e, "cannot spool %s of %s, trying again: %s", stream, spool, e.getMessage());
            pool.executeLater(watch::resume, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void note(int bytes) {
        unnoted = bytes;
        if (bytes > 0) {
            spool.spooled(stream, bytes, EpochNanos.now());
            unnoted = 0;
        }
    }

    private Moved splice() {
        return switch (new Splice(kernel).turn(source, file, spool.length(stream), AT_ONCE)) {
            case Splice.Turn.Moved(var bytes) -> bytes == 0 ? new Moved.Nothing() : new Moved.Some((int) bytes);
            case Splice.Turn.End() -> new Moved.End();
        };
    }

    /** A terminal cannot be spliced: what was read when the agent is killed, and not yet written, is lost. */
    private Moved copy() {
        try {
            if (unwritten.length == 0) {
                var buffer = new byte[TERMINAL_BUFFER];
                var read = kernel.read(source.number(), buffer);
                if (read == 0) {
                    return new Moved.End();
                }
                unwritten = Arrays.copyOf(buffer, read);
            }
            var moved = unwritten.length;
            writeAll(unwritten, spool.length(stream));
            unwritten = NOTHING;
            return new Moved.Some(moved);
        } catch (KernelException e) {
            return switch (e.errno()) {
                case Errno.EAGAIN -> new Moved.Nothing();
                case Errno.EIO -> new Moved.End(); // all slaves are closed
                default -> throw e;
            };
        }
    }

    private void writeAll(byte[] bytes, long offset) {
        for (var from = 0; from < bytes.length; ) {
            from += kernel.pwrite(file.number(), Arrays.copyOfRange(bytes, from, bytes.length), offset + from);
        }
    }

    private void finish(EpollLoop.Watch watch) {
        watch.close();
        file.close();
        done.complete(null);
    }
}
