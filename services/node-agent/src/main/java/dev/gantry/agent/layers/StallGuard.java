package dev.gantry.agent.layers;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Ends a read that no byte has come to for a while: a peer that was stopped, not killed, never closes its connection. */
final class StallGuard extends FilterInputStream {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("stalled-blobs").factory());

    private final Duration patience;
    private final ScheduledFuture<?> watch;
    private volatile long waitingSince = Long.MAX_VALUE;
    private volatile boolean stalled;

    StallGuard(InputStream in, Duration patience) {
        super(in);
        this.patience = patience;
        long period = Math.max(1, patience.toMillis() / 4);
        this.watch = CLOCK.scheduleWithFixedDelay(this::check, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        waitingSince = System.nanoTime();
        try {
            int count = super.read(target, start, length);
            if (stalled) {
                throw new IOException("no byte for " + patience.toSeconds() + " s");
            }
            return count;
        } finally {
            waitingSince = Long.MAX_VALUE;
        }
    }

    private void check() {
        long since = waitingSince;
        if (since != Long.MAX_VALUE && System.nanoTime() - since > patience.toNanos()) {
            stalled = true;
            watch.cancel(false);
            try {
                // Wakes whoever reads.
                in.close();
            } catch (IOException e) {
                System.getLogger(StallGuard.class.getName())
                        .log(System.Logger.Level.DEBUG, "closing a stalled connection: {0}", e.getMessage());
            }
        }
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        super.close();
    }
}
