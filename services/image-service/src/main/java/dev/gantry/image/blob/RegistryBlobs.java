package dev.gantry.image.blob;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.BlobQuery;
import dev.gantry.contracts.rpc.BlobsGrpc;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.http.HttpPeers;
import dev.gantry.service.http.HttpSilence;
import dev.gantry.service.rpc.Peers;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * registry-service over gRPC. An upload goes there too, not over {@code /v2/}: where both live in one process its bytes are handed over by
 * reference, where they do not it costs what HTTP would.
 */
@ApplicationScoped
class RegistryBlobs implements BlobStore {
    private static final long RPC_SECONDS = 10;
    /** As long as the slowest archive may take; a registry that dies is noticed by keepalive long before. */
    private static final long UPLOAD_HOURS = 6;

    /** For the head of the answer; the body takes as long as its reader. */
    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(30);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Peers peers;
    private final HttpPeers http;

    RegistryBlobs(Peers peers, HttpPeers http) {
        this.peers = peers;
        this.http = http;
    }

    @Override
    public Upload begin() {
        return new RegistryUpload(BlobsGrpc.newBlockingV2Stub(peers.channel(Role.IMAGE, Role.REGISTRY))
                .withDeadlineAfter(UPLOAD_HOURS, TimeUnit.HOURS)
                .put());
    }

    @Override
    public InputStream open(String digest) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(http.uri(Role.REGISTRY, "/v2/gantry/blobs/" + digest))
                .timeout(HEAD_TIMEOUT)
                .build();
        try {
            HttpResponse<InputStream> answer =
                    http.client(Role.IMAGE, Role.REGISTRY).send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() == OK) {
                return answer.body();
            }
            answer.body().close();
            throw answer.statusCode() == NOT_FOUND
                    ? ErrorCode.NO_SUCH_BLOB.with(digest)
                    : ErrorCode.INTERNAL.with("registry answered " + answer.statusCode() + " for blob " + digest);
        } catch (IOException e) {
            throw ErrorCode.SERVICE_AWAY.with("registry", HttpSilence.reason(e)).causedBy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorCode.INTERNAL.with("interrupted").causedBy(e);
        }
    }

    @Override
    public void delete(String digest) {
        try {
            var _ = BlobsGrpc.newBlockingStub(peers.channel(Role.IMAGE, Role.REGISTRY))
                    .withDeadlineAfter(RPC_SECONDS, TimeUnit.SECONDS)
                    .delete(BlobQuery.newBuilder().setDigest(digest).build());
        } catch (StatusRuntimeException e) {
            throw RpcErrors.from(e, "registry");
        }
    }
}
