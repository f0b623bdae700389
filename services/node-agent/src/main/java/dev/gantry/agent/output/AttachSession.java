package dev.gantry.agent.output;

import dev.gantry.contracts.rpc.AttachOpen;
import dev.gantry.contracts.rpc.SpoolPlace;

/**
 * One client on a container's output. Its place in the spool is taken when it is made, so whatever is written afterwards reaches it, as
 * slowly as it likes. It ends with the run that is on, or, if none is, with the next one. With the place that came with its last bytes another
 * one goes on, also at another process of the agent.
 */
public final class AttachSession implements AutoCloseable {
    private static final int PIECE = 64 << 10;

    private final AttachOpen open;
    private final Cursor cursor;
    private final long since;
    private long sent;

    /** Where output goes to; waits while the reader is slow. The array is the sink's from then on. */
    @FunctionalInterface
    public interface Sink {
        /** @param after where the output goes on behind these bytes */
        void write(byte[] bytes, SpoolPlace after) throws InterruptedException;
    }

    public AttachSession(Spool spool, AttachOpen open) {
        this.open = open;
        var now = spool.count();
        var resume = open.getResume();
        if (open.hasResume() && resume.getRecord() >= 0 && resume.getRecord() <= now) {
            this.since = resume.getSince();
            this.cursor = spool.from(resume.getRecord());
            this.sent = Math.max(0, resume.getSent());
        } else {
            this.since = now;
            this.cursor = open.getLogs() ? spool.fromStart() : spool.from(now);
        }
    }

    /** Where the output goes on. */
    public SpoolPlace place() {
        return place(cursor.position(), sent);
    }

    private SpoolPlace place(long record, long sentOfIt) {
        return SpoolPlace.newBuilder()
                .setSince(since)
                .setRecord(record)
                .setSent(sentOfIt)
                .build();
    }

    /** Sends until the end of the run. */
    public void send(Sink out) throws InterruptedException {
        while (open.getStream() || cursor.position() < since) {
            var mark = cursor.poll();
            if (mark.isPresent()) {
                send(mark.get(), out);
                if (mark.get() instanceof Mark.End && cursor.position() > since) {
                    return;
                }
            } else if (!cursor.await()) {
                return;
            }
        }
    }

    private void send(Mark mark, Sink out) throws InterruptedException {
        if (mark instanceof Mark.Chunk chunk && wants(chunk.stream())) {
            for (var from = chunk.offset() + sent; from < chunk.end(); from += PIECE) {
                var length = (int) Math.min(PIECE, chunk.end() - from);
                var bytes = Frames.of(chunk.stream(), cursor.read(chunk.stream(), from, length), open.getTty());
                out.write(bytes, behind(chunk, from + length));
            }
        }
        sent = 0;
    }

    private SpoolPlace behind(Mark.Chunk chunk, long offset) {
        return offset == chunk.end()
                ? place(cursor.position(), 0)
                : place(cursor.position() - 1, offset - chunk.offset());
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
