package dev.gantry.agent.output;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.LogsRequest;

/**
 * Which lines a reader of logs wants. Times are nanoseconds since the epoch.
 *
 * @param until {@link Long#MAX_VALUE}: no end
 * @param tail the last so many lines of both streams, counted before any other choice, as Docker counts; negative: all
 * @param raw a terminal's output: no frames
 * @param details what the log options name stands before the line's text, and a blank; no option names anything yet
 */
record LogSelection(
        boolean stdout,
        boolean stderr,
        long since,
        long until,
        boolean timestamps,
        long tail,
        boolean follow,
        boolean raw,
        boolean details) {

    static LogSelection of(LogsRequest request) {
        if (!request.getStdout() && !request.getStderr()) {
            throw ErrorCode.NO_STREAM_CHOSEN.with();
        }
        return new LogSelection(
                request.getStdout(),
                request.getStderr(),
                request.getSince(),
                request.getUntil() == 0 ? Long.MAX_VALUE : request.getUntil(),
                request.getTimestamps(),
                request.getTail(),
                request.getFollow(),
                request.getTty(),
                request.getDetails());
    }

    boolean wants(Line line) {
        var chosen = switch (line.stream()) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
        };
        return chosen && line.at() >= since && line.at() <= until;
    }
}
