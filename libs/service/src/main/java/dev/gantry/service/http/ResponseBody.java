package dev.gantry.service.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/**
 * A response's body as a blocking stream: each write waits until the one before it has left, so at most two chunks wait for a slow client. The
 * caller chooses the chunk size and sets status and headers before the first write; {@link #close} ends the response.
 */
public final class ResponseBody extends OutputStream {
    private final HttpServerResponse response;
    private Future<Void> before = Future.succeededFuture();

    private ResponseBody(HttpServerResponse response) {
        this.response = response;
    }

    public static OutputStream stream(HttpServerResponse response) {
        if (!response.headers().contains("Content-Length")) {
            response.setChunked(true);
        }
        return new ResponseBody(response);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        await(before);
        before = response.write(Buffer.buffer(Arrays.copyOfRange(bytes, offset, offset + length)));
    }

    @Override
    public void close() throws IOException {
        await(before);
        if (!response.ended()) {
            await(response.end());
        }
    }

    private static void await(Future<Void> written) throws IOException {
        try {
            written.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IOException("the client is gone: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while writing a response").initCause(e);
        }
    }
}
