package dev.gantry.gateway.images;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.ErrorResponse;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.Query;
import dev.gantry.gateway.api.Reply;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import dev.gantry.gateway.containers.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Where images come from: the body of the request. Its bytes go on to image-service as they come, and no faster than it takes them. */
public final class ImageSources {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int LARGEST_ERROR = 64 << 10;

    private final Backends backends;

    public ImageSources(Backends backends) {
        this.backends = backends;
    }

    public void create(Call call, InputStream body, Reply reply) throws IOException, InterruptedException {
        var query = call.query();
        if (query.has("fromImage") || !query.has("fromSrc")) {
            throw pullingIsNotBuilt(familiar(reference(query.text("fromImage"), query.text("tag"))));
        }
        if (!query.text("fromSrc").equals("-")) {
            throw ErrorCode.NOT_IMPLEMENTED.with("import from " + query.text("fromSrc"));
        }
        importTar(
                HttpRequest.newBuilder(backends.imageUri(target(query)))
                        .header("Content-Type", "application/x-tar")
                        .POST(BodyPublishers.ofInputStream(() -> body))
                        .build(),
                reply);
    }

    /** Pulling is what {@code docker run} of an unknown image ends in, so this is a first user's first error: it says the way out. */
    private static GantryException pullingIsNotBuilt(String reference) {
        return new GantryException(
                ErrorCode.NOT_IMPLEMENTED,
                "cannot pull " + reference
                        + ": pulling images from a registry is not supported yet; make the image from a"
                        + " root filesystem with: tar -C rootfs -c . | docker import - " + reference);
    }

    private void importTar(HttpRequest request, Reply reply) throws IOException, InterruptedException {
        var answering = backends.imageHttp().sendAsync(request, BodyHandlers.ofInputStream());
        reply.whenGone(() -> answering.cancel(true));
        var answer = await(answering);
        try (var progress = answer.body()) {
            if (answer.statusCode() >= 300) {
                throw failure(answer.statusCode(), progress.readNBytes(LARGEST_ERROR));
            }
            copy(progress, reply);
        }
    }

    private static void copy(InputStream progress, Reply reply) throws IOException {
        var out = reply.begin(200, "application/json");
        var buffer = new byte[BUFFER_BYTES];
        for (var count = progress.read(buffer); count >= 0; count = progress.read(buffer)) {
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
            throw ErrorCode.SERVICE_AWAY.with(Asking.IMAGES, cause.toString()).causedBy(cause);
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

    private static String target(Query query) {
        var parameters = new StringJoiner("&", "/images/import?", "");
        parameters.add("reference=" + encoded(reference(query.text("repo"), query.text("tag"))));
        parameters.add("message=" + encoded(query.text("message")));
        parameters.add("platform=" + encoded(Platform.check(query.text("platform"))));
        query.all("changes").forEach(change -> parameters.add("changes=" + encoded(change)));
        return parameters.toString();
    }

    /** A tag parameter takes the place of a tag in the name; a digest is joined by an at sign. */
    static String reference(String repository, String tag) {
        if (repository.isEmpty() || tag.isEmpty()) {
            return repository;
        }
        var colon = repository.lastIndexOf(':');
        var bare = colon > repository.lastIndexOf('/') ? repository.substring(0, colon) : repository;
        return bare + (tag.contains(":") ? "@" : ":") + tag;
    }

    /** As a user writes it: the CLI asks for {@code docker.io/library/x:latest} when it was told x. */
    private static String familiar(String reference) {
        return reference.replaceFirst("^docker\\.io/(library/)?", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
