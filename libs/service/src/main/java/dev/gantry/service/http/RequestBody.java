package dev.gantry.service.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as a blocking stream. It asks the connection for at most {@value #AHEAD} chunks ahead of its reader, so a
 * slow reader slows the sender and costs no memory. Read it on a virtual thread, never on the event loop.
 */
public final class RequestBody extends InputStream {
    private static final int AHEAD = 4;

    /** Data, or the end (no bytes, no failure), or what broke the connection. */
    private record Piece(@Nullable Buffer bytes, @Nullable Throwable failure) {}

    private final HttpServerRequest request;
    // the demand bounds it: never more than AHEAD buffers and one end
    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private @Nullable Buffer current;
    private int position;
    private @Nullable Piece last;

    private RequestBody(HttpServerRequest request) {
        this.request = request;
    }

    /** Call it inside the request's handler, before that returns; later the first bytes may be gone. */
    public static InputStream stream(HttpServerRequest request) {
        var body = new RequestBody(request);
        request.pause();
        request.handler(bytes -> body.pieces.add(new Piece(bytes, null)));
        request.endHandler(end -> body.pieces.add(new Piece(null, null)));
        request.exceptionHandler(failure -> body.pieces.add(new Piece(null, failure)));
        request.fetch(AHEAD);
        return body;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        var bytes = available(current);
        if (bytes == null) {
            return -1;
        }
        var count = Math.min(length, bytes.length() - position);
        bytes.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    private @Nullable Buffer available(@Nullable Buffer bytes) throws IOException {
        var found = bytes;
        while (found == null || position == found.length()) {
            var piece = next();
            if (piece.bytes() == null) {
                if (piece.failure() != null) {
                    throw new IOException(
                            "the request body broke off: " + piece.failure().getMessage(), piece.failure());
                }
                return null;
            }
            request.fetch(1);
            found = piece.bytes();
            position = 0;
            current = found;
        }
        return found;
    }

    private Piece next() throws IOException {
        if (last != null) {
            return last;
        }
        try {
            var piece = pieces.take();
            if (piece.bytes() == null) {
                last = piece;
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while reading a request body").initCause(e);
        }
    }
}
