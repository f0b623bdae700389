package dev.gantry.agent.output;

import dev.gantry.contracts.rpc.AttachOpen;

/**
 * One client on a container's output. Its place in the spool is taken when it is made, so whatever is written afterwards reaches it, as
 * slowly as it likes. It ends with the run that is on, or, if none is, with the next one.
 */
public final class AttachSession implements AutoCloseable {
    private static final int PIECE = 64 << 10;

    private final AttachOpen open;
    private final Cursor cursor;
    private final long live;

    public AttachSession(Spool spool, AttachOpen open) {
        this.open = open;
        this.live = spool.count();
        this.cursor = open.getLogs() ? spool.fromStart() : spool.from(live);
    }

    /** Sends until the end of the run. */
    public void send(ByteSink out) throws InterruptedException {
        while (open.getStream() || cursor.position() < live) {
            var mark = cursor.poll();
            if (mark.isPresent()) {
                send(mark.get(), out);
                if (mark.get() instanceof Mark.End && cursor.position() > live) {
                    return;
                }
            } else if (!cursor.await()) {
                return;
            }
        }
    }

    private void send(Mark mark, ByteSink out) throws InterruptedException {
        if (mark instanceof Mark.Chunk chunk && wants(chunk.stream())) {
            for (var from = chunk.offset(); from < chunk.end(); from += PIECE) {
                var length = (int) Math.min(PIECE, chunk.end() - from);
                out.write(Frames.of(chunk.stream(), cursor.read(chunk.stream(), from, length), open.getTty()));
            }
        }
    }

    private boolean wants(Stream stream) {
        return switch (stream) {
            case STDOUT -> open.getStdout();
            case STDERR -> open.getStderr();
        };
    }

    @Override
    public void close() {
        cursor.close();
    }
}
