package dev.gantry.gateway.images;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.ErrorResponse;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.gateway.api.Reply;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import dev.gantry.service.http.HttpSilence;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Bytes to and from image-service over internal HTTP, as they come and no faster than the other side takes them. */
final class ImageBytes {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int LARGEST_ERROR = 64 << 10;

    private final Backends backends;

    ImageBytes(Backends backends) {
        this.backends = backends;
    }

    /** Sends the body; the answer goes to the client. */
    void post(String target, InputStream body, Reply reply) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(backends.imageUri(target))
                .header("Content-Type", "application/x-tar")
                .POST(BodyPublishers.ofInputStream(() -> body))
                .build();
        pass(request, "application/json", reply);
    }

    void get(String target, String contentType, Reply reply) throws IOException, InterruptedException {
        pass(HttpRequest.newBuilder(backends.imageUri(target)).build(), contentType, reply);
    }

    private void pass(HttpRequest request, String contentType, Reply reply) throws IOException, InterruptedException {
        var answering = backends.imageHttp().sendAsync(request, BodyHandlers.ofInputStream());
        reply.whenGone(() -> answering.cancel(true));
        var answer = await(answering);
        try (var bytes = answer.body()) {
            if (answer.statusCode() >= 300) {
                throw failure(answer.statusCode(), bytes.readNBytes(LARGEST_ERROR));
            }
            copy(bytes, contentType, reply);
        }
    }

    private static void copy(InputStream bytes, String contentType, Reply reply) throws IOException {
        var out = reply.begin(200, contentType);
        var buffer = new byte[BUFFER_BYTES];
        for (var count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
            out.write(buffer, 0, count);
        }
        out.close();
    }

    private static HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> answering)
            throws InterruptedException {
        try {
            return answering.get();
        } catch (ExecutionException failed) {
            var cause = failed.getCause() == null ? failed : failed.getCause();
            throw ErrorCode.SERVICE_AWAY
                    .with(Asking.IMAGES, HttpSilence.reason(cause))
                    .causedBy(cause);
        }
    }

    /** The service says its errors as the engine does; of an answer that is none, the status must do. */
    private static GantryException failure(int status, byte[] body) {
        var message = message(body);
        var code = Arrays.stream(ErrorCode.values())
                .filter(candidate -> candidate.httpStatus() == status)
                .findFirst()
                .orElse(ErrorCode.INTERNAL);
        return new GantryException(code, message.isEmpty() ? Asking.IMAGES + " answered " + status : message);
    }

    private static String message(byte[] body) {
        try {
            return DockerJson.read(body, ErrorResponse.class).message();
        } catch (GantryException notJson) {
            return new String(body, StandardCharsets.UTF_8).strip();
        }
    }
}
