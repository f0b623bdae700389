package dev.gantry.registry.distribution;

import dev.gantry.oci.digest.Digest;
import dev.gantry.registry.blobs.Blobs;
import dev.gantry.service.http.ResponseBody;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/** Blobs by digest: HEAD, GET whole or in part, DELETE. A blob never changes, so its digest is its entity tag. */
@Singleton
class BlobEndpoint {
    private static final int CHUNK = 256 << 10;

    private final Blobs blobs;

    BlobEndpoint(Blobs blobs) {
        this.blobs = blobs;
    }

    void answer(Exchange exchange, Target.Blob target) throws IOException {
        switch (exchange.method()) {
            case "HEAD" -> head(exchange, target.digest());
            case "GET" -> get(exchange, target.digest());
            case "DELETE" -> delete(exchange, target.digest());
            default -> throw exchange.unsupported();
        }
    }

    private void head(Exchange exchange, Digest digest) {
        long size = blobs.size(digest).orElseThrow(() -> unknown(digest));
        describe(exchange.answer(200), digest)
                .putHeader("Content-Length", Long.toString(size))
                .end();
    }

    private void get(Exchange exchange, Digest digest) throws IOException {
        try (SeekableByteChannel bytes = blobs.open(digest).orElseThrow(() -> unknown(digest))) {
            if (has(exchange, "If-None-Match", digest)) {
                describe(exchange.answer(304), digest).end();
                return;
            }
            send(exchange, digest, bytes);
        }
    }

    private static void send(Exchange exchange, Digest digest, SeekableByteChannel bytes) throws IOException {
        long size = bytes.size();
        Optional<ByteRange> part = range(exchange, digest, size);
        long first = part.map(ByteRange::first).orElse(0L);
        long length = part.map(ByteRange::length).orElse(size);
        HttpServerResponse response = describe(exchange.answer(part.isPresent() ? 206 : 200), digest)
                .putHeader("Content-Length", Long.toString(length));
        part.ifPresent(range ->
                response.putHeader("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + size));
        try (OutputStream out = ResponseBody.stream(response)) {
            copy(bytes.position(first), length, out);
        }
    }

    private static Optional<ByteRange> range(Exchange exchange, Digest digest, long size) {
        if (exchange.header("If-Range").isPresent() && !has(exchange, "If-Range", digest)) {
            return Optional.empty();
        }
        try {
            return exchange.header("Range").flatMap(header -> ByteRange.requested(header, size));
        } catch (Refusal unsatisfiable) {
            exchange.response().putHeader("Content-Range", "bytes */" + size);
            throw unsatisfiable;
        }
    }

    private static void copy(SeekableByteChannel from, long length, OutputStream to) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long left = length;
        while (left > 0) {
            int count = from.read(ByteBuffer.wrap(chunk, 0, (int) Math.min(left, CHUNK)));
            if (count < 0) {
                throw new IOException("blob is shorter than it was");
            }
            to.write(chunk, 0, count);
            left -= count;
        }
    }

    private void delete(Exchange exchange, Digest digest) throws IOException {
        if (!blobs.delete(digest)) {
            throw unknown(digest);
        }
        exchange.answer(202).putHeader("Content-Length", "0").end();
    }

    private static HttpServerResponse describe(HttpServerResponse response, Digest digest) {
        return response.putHeader("Content-Type", "application/octet-stream")
                .putHeader("Docker-Content-Digest", digest.toString())
                .putHeader("ETag", tag(digest))
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("Cache-Control", "max-age=31536000");
    }

    private static boolean has(Exchange exchange, String header, Digest digest) {
        return exchange.header(header).stream()
                .flatMap(tags -> Arrays.stream(tags.split(",", -1)))
                .map(String::strip)
                .anyMatch(tag -> tag.equals(tag(digest)) || tag.equals("*"));
    }

    private static String tag(Digest digest) {
        return "\"" + digest + "\"";
    }

    private static Refusal unknown(Digest digest) {
        return DistributionError.BLOB_UNKNOWN.because("blob unknown to registry: " + digest);
    }
}
