package dev.gantry.gateway.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** The way back to a client for an answer in pieces. An exception thrown before {@link #begin} becomes a plain error answer. */
public interface Reply {
    /** Sends status and headers at once; what is written then goes out chunk by chunk, each waiting for the one before.
     * Closing the stream says that the answer is whole: after a failure it is left open, and the connection breaks off.
     *
     * @param contentType empty: none is named
     */
    default OutputStream begin(int status, String contentType) throws IOException {
        return begin(status, contentType, Map.of());
    }

    /** The same with headers of its own. */
    OutputStream begin(int status, String contentType, Map<String, String> headers) throws IOException;

    /** For operations whose pieces turn out to be one: a whole answer. */
    void answer(Answer answer) throws IOException;

    /** Runs {@code cancel} once if the client leaves before the answer ended; at once if it has left already. */
    void whenGone(Runnable cancel);
}
