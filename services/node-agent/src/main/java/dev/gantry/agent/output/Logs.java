package dev.gantry.agent.output;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeUnit;

/** {@code docker logs}: the chosen lines of a spool, in order of their coming, and on request those that come later. */
final class Logs {
    private static final int PIECE = 64 << 10;
    private static final int MESSAGE = 32 << 10;

    private final Spool spool;
    private final LogSelection selection;
    private final ByteSink out;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private long skip;
    private boolean past;
    private boolean runs;

    Logs(Spool spool, LogSelection selection, ByteSink out) {
        this.spool = spool;
        this.selection = selection;
        this.out = out;
    }

    /** Sends what is there and, if the last run has not ended and following is asked for, what comes until it has. */
    void send() throws InterruptedException {
        var known = spool.extent();
        try (var cursor = spool.fromStart()) {
            var lines = new Lines(this::take);
            if (selection.tail() >= 0) {
                beginAtTail(cursor, lines, known.marks());
            }
            read(cursor, lines, known.marks());
            runs = known.inRun();
            if (selection.follow() && runs) {
                follow(cursor, lines);
            }
        }
        flush();
    }

    /** Only what is near the end is read: first back to where to begin, then to count the lines from there, for more than newlines end one. */
    private void beginAtTail(Cursor cursor, Lines lines, long known) {
        var start = LineStart.ofLast(selection.tail(), cursor, known, spool.usedStreams());
        skip = Math.max(0, count(cursor, start, known) - selection.tail());
        lines.resume(start);
        cursor.seek(start.mark());
    }

    private static long count(Cursor cursor, LineStart start, long known) {
        var counted = new long[1];
        var lines = new Lines(line -> counted[0]++);
        lines.resume(start);
        cursor.seek(start.mark());
        while (cursor.position() < known) {
            cursor.poll().ifPresent(mark -> add(cursor, lines, mark));
        }
        return counted[0];
    }

    private void read(Cursor cursor, Lines lines, long known) throws InterruptedException {
        while (cursor.position() < known && !past) {
            cursor.poll().ifPresent(mark -> take(cursor, lines, mark));
            if (message.size() >= MESSAGE) {
                flush();
            }
        }
    }

    /** Until the run that is on ends, or the chosen time is over. */
    private void follow(Cursor cursor, Lines lines) throws InterruptedException {
        while (!past) {
            var mark = cursor.poll();
            if (mark.isPresent()) {
                take(cursor, lines, mark.get());
                if (!runs) {
                    return;
                }
            } else {
                flush();
                if (!await(cursor)) {
                    return;
                }
            }
        }
    }

    private boolean await(Cursor cursor) throws InterruptedException {
        if (selection.until() == Long.MAX_VALUE) {
            return cursor.await();
        }
        var left = selection.until() - TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        return left > 0 && cursor.await(left);
    }

    private void take(Cursor cursor, Lines lines, Mark mark) {
        runs = !(mark instanceof Mark.End) && (runs || mark instanceof Mark.Begin);
        add(cursor, lines, mark);
    }

    private static void add(Cursor cursor, Lines lines, Mark mark) {
        switch (mark) {
            case Mark.Chunk chunk -> {
                for (var from = chunk.offset(); from < chunk.end(); from += PIECE) {
                    var length = (int) Math.min(PIECE, chunk.end() - from);
                    lines.add(chunk.stream(), chunk.at(), cursor.read(chunk.stream(), from, length));
                }
            }
            case Mark.Begin _ -> lines.end();
            case Mark.End _ -> lines.end();
        }
    }

    private void take(Line line) {
        past |= line.at() > selection.until();
        if (skip > 0) {
            skip--;
        } else if (selection.wants(line)) {
            message.writeBytes(LogFormat.format(line, selection));
        }
    }

    private void flush() throws InterruptedException {
        if (message.size() > 0) {
            out.write(message.toByteArray());
            message.reset();
        }
    }
}
