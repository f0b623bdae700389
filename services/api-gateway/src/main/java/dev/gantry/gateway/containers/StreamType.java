package dev.gantry.gateway.containers;

import dev.gantry.gateway.api.Call;

/** The content types of byte streams. */
final class StreamType {
    static final String RAW = "application/vnd.docker.raw-stream";
    private static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";

    private StreamType() {}

    /** Below API 1.42 there was one name for both, though the bytes were multiplexed then too. */
    static String of(Call call, boolean tty) {
        return tty || call.before(42) ? RAW : MULTIPLEXED;
    }
}
