package dev.gantry.gateway.containers;

import com.google.protobuf.ByteString;
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

    /**
     * The head of a stream that takes its connection over. Without an upgrade the type is raw-stream whatever the bytes are, as clients of
     * old expect.
     *
     * @param more further headers, each with its line end
     */
    static ByteString head(Call call, boolean upgrade, boolean tty, String more) {
        return ByteString.copyFromUtf8(
                upgrade
                        ? "HTTP/1.1 101 UPGRADED\r\nContent-Type: " + of(call, tty)
                                + "\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n" + more + "\r\n"
                        : "HTTP/1.1 200 OK\r\nContent-Type: " + RAW + "\r\n" + more + "\r\n");
    }
}
