package dev.gantry.agent.layers;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.oci.digest.Digest;
import dev.gantry.service.http.HttpPeers;
import dev.gantry.service.http.HttpSilence;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Blobs of registry-service, over its internal port ({@code GET /v2/<name>/blobs/<digest>} of the OCI distribution specification). */
public final class HttpBlobSource implements BlobSource {
    /** For the head of the answer; the body takes as long as it takes. */
    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration STALL = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int NOT_FOUND = 404;

    private final HttpPeers peers;

    public HttpBlobSource(HttpPeers peers) {
        this.peers = peers;
    }

    @Override
    public InputStream open(Digest digest, long offset) throws IOException {
        var response = send(request(digest, offset));
        return switch (response.statusCode()) {
            case PARTIAL -> guarded(response);
            case OK -> {
                // A server may ignore a range.
                var body = guarded(response);
                body.skipNBytes(offset);
                yield body;
            }
            case NOT_FOUND -> {
                response.body().close();
                throw ErrorCode.NO_SUCH_BLOB.with(digest);
            }
            default -> {
                response.body().close();
                throw new IOException("registry answered " + response.statusCode() + " for blob " + digest);
            }
        };
    }

    private static InputStream guarded(HttpResponse<InputStream> response) {
        return new StallGuard(response.body(), STALL);
    }

    private HttpRequest request(Digest digest, long offset) {
        var request = HttpRequest.newBuilder(peers.uri(Role.REGISTRY, "/v2/gantry/blobs/" + digest))
                .timeout(HEAD_TIMEOUT);
        return (offset == 0 ? request : request.header("Range", "bytes=" + offset + "-")).build();
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return peers.client(Role.AGENT, Role.REGISTRY).send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new IOException(HttpSilence.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var interrupted = new InterruptedIOException("interrupted while asking registry");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
