package dev.gantry.registry.distribution;

import dev.gantry.oci.digest.Digest;
import dev.gantry.registry.blobs.Blobs;
import dev.gantry.registry.content.Ingest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** Uploads: POST begins one (or does it all), PATCH adds, PUT ends, GET tells how far it is, DELETE cancels. */
@Singleton
class UploadEndpoint {
    private final Uploads uploads;
    private final Blobs blobs;

    UploadEndpoint(Uploads uploads, Blobs blobs) {
        this.uploads = uploads;
        this.blobs = blobs;
    }

    void answer(Exchange exchange, Target.Uploads target) throws IOException {
        if (!exchange.method().equals("POST")) {
            throw exchange.unsupported();
        }
        Optional<Digest> mount = exchange.parameter("mount").map(Target::digest);
        if (mount.isPresent() && blobs.size(mount.get()).isPresent()) {
            created(exchange, target.name(), mount.get());
            return;
        }
        Optional<Digest> digest = exchange.parameter("digest").map(Target::digest);
        UUID id = uploads.begin();
        if (digest.isPresent() && mount.isEmpty()) {
            whole(exchange, target.name(), id, digest.get());
        } else {
            progress(exchange.answer(202), target.name(), id, 0).end();
        }
    }

    /** All in one request: what breaks off is not kept, since the client never learned the id. */
    private void whole(Exchange exchange, String name, UUID id, Digest digest) throws IOException {
        try {
            uploads.use(id, ingest -> {
                uploads.append(ingest, exchange.body());
                uploads.finish(ingest, digest);
                return ingest;
            });
        } finally {
            uploads.discard(id);
        }
        created(exchange, name, digest);
    }

    void answer(Exchange exchange, Target.Upload target) throws IOException {
        switch (exchange.method()) {
            case "PATCH" -> add(exchange, target);
            case "PUT" -> end(exchange, target);
            case "GET" -> {
                long size = uploads.use(target.id(), Ingest::size);
                progress(exchange.answer(204), target.name(), target.id(), size).end();
            }
            case "DELETE" -> {
                uploads.use(target.id(), ingest -> {
                    uploads.discard(ingest.id());
                    return ingest;
                });
                exchange.answer(204).end();
            }
            default -> throw exchange.unsupported();
        }
    }

    private void add(Exchange exchange, Target.Upload target) throws IOException {
        long size = uploads.use(target.id(), ingest -> {
            append(exchange, target, ingest);
            return ingest.size();
        });
        progress(exchange.answer(202), target.name(), target.id(), size).end();
    }

    private void end(Exchange exchange, Target.Upload target) throws IOException {
        Digest digest = exchange.parameter("digest")
                .map(Target::digest)
                .orElseThrow(() -> DistributionError.DIGEST_INVALID.because("digest parameter missing"));
        uploads.use(target.id(), ingest -> {
            append(exchange, target, ingest);
            uploads.finish(ingest, digest);
            return ingest;
        });
        created(exchange, target.name(), digest);
    }

    private void append(Exchange exchange, Target.Upload target, Ingest ingest) throws IOException {
        long before = ingest.size();
        Optional<ByteRange> chunk = exchange.header("Content-Range").map(ByteRange::ofChunk);
        if (chunk.isPresent() && chunk.get().first() != before) {
            progress(exchange.response(), target.name(), target.id(), before);
            throw DistributionError.RANGE_INVALID.because(
                    "chunk begins at " + chunk.get().first() + ", upload has " + before + " bytes");
        }
        uploads.append(ingest, exchange.body());
        if (chunk.isPresent() && ingest.size() - before != chunk.get().length()) {
            throw DistributionError.SIZE_INVALID.because("chunk has " + (ingest.size() - before) + " bytes, its range "
                    + chunk.get().length());
        }
    }

    /** As distribution has it, {@code 0-0} also stands for an upload with no bytes. */
    private static HttpServerResponse progress(HttpServerResponse response, String name, UUID id, long size) {
        return response.putHeader("Location", "/v2/" + name + "/blobs/uploads/" + id)
                .putHeader("Range", "0-" + Math.max(0, size - 1))
                .putHeader("Docker-Upload-UUID", id.toString());
    }

    private static void created(Exchange exchange, String name, Digest digest) {
        exchange.answer(201)
                .putHeader("Location", "/v2/" + name + "/blobs/" + digest)
                .putHeader("Docker-Content-Digest", digest.toString())
                .putHeader("Content-Length", "0")
                .end();
    }
}
