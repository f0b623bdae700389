package dev.gantry.image.blob;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.oci.digest.Digest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/** One upload: a PATCH whose body is written while it is sent, then a PUT. */
final class RegistryUpload implements BlobStore.Upload {
    private static final Logger LOG = Logger.getLogger(RegistryUpload.class);
    private static final Duration FINISH_LIMIT = Duration.ofMinutes(10); // fsync of a large layer on a slow disk

    private final RegistryBlobs registry;
    private final String location;
    private final Pipe body = new Pipe();
    private final CompletableFuture<HttpResponse<String>> patch;
    private boolean finished;

    RegistryUpload(RegistryBlobs registry, String location) {
        this.registry = registry;
        this.location = location;
        HttpRequest request = HttpRequest.newBuilder(registry.uri(location))
                .header("Content-Type", "application/octet-stream")
                .method("PATCH", HttpRequest.BodyPublishers.ofInputStream(() -> body))
                .build();
        patch = registry.client().sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Waits for the registry when it is slower than the source. */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            if (!body.write(bytes, offset, length, patch::isDone)) {
                answered();
                throw ErrorCode.INTERNAL.with("registry ended the upload early");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void flush() {
        try {
            var _ = body.end(patch::isDone);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        answered();
    }

    private void answered() {
        try {
            RegistryBlobs.expect(202, patch.get());
        } catch (ExecutionException e) {
            throw RegistryBlobs.away(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static GantryException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return ErrorCode.INTERNAL.with("interrupted").causedBy(e);
    }

    @Override
    public void finish(Digest digest) {
        HttpRequest request = HttpRequest.newBuilder(registry.uri(location + "?digest=" + digest))
                .timeout(FINISH_LIMIT)
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        RegistryBlobs.expect(201, registry.send(request));
        finished = true;
    }

    @Override
    public void close() {
        if (!finished) {
            body.fail(new IOException("the import failed"));
            patch.handle((answer, failure) -> location).join();
            cancel();
        }
    }

    /** Left behind where the registry is away: it throws idle uploads away by itself. */
    private void cancel() {
        try {
            registry.send(HttpRequest.newBuilder(registry.uri(location))
                    .timeout(Duration.ofSeconds(5))
                    .DELETE()
                    .build());
        } catch (GantryException e) {
            LOG.warnf("upload %s is left to the registry: %s", location, e.getMessage());
        }
    }
}
