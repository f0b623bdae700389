package dev.gantry.gateway.server;

import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Reply;
import dev.gantry.service.http.ResponseBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An answer in pieces over HTTP. Made on the event loop, so that a client that leaves early is not missed. */
final class HttpReply implements Reply {
    private final HttpServerResponse response;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    HttpReply(HttpServerResponse response) {
        this.response = response;
        response.exceptionHandler(failure -> gone.complete(null));
        response.closeHandler(closed -> gone.complete(null));
    }

    @Override
    public OutputStream begin(int status, String contentType, Map<String, String> headers) {
        Headers.engine(response);
        headers.forEach(response::putHeader);
        response.setStatusCode(status).setChunked(true);
        if (!contentType.isEmpty()) {
            response.putHeader("Content-Type", contentType);
        }
        var body = ResponseBody.stream(response);
        // an empty first chunk sends the head and nothing else
        response.write(Buffer.buffer());
        return body;
    }

    @Override
    public void answer(Answer answer) {
        Answers.send(response, answer);
    }

    @Override
    public void whenGone(Runnable cancel) {
        var _ = gone.thenRun(cancel);
    }
}
