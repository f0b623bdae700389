package dev.gantry.image.blob;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.BlobQuery;
import dev.gantry.contracts.rpc.BlobsGrpc;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.http.HttpPeers;
import dev.gantry.service.rpc.Peers;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** registry-service over its {@code /v2/}. */
@ApplicationScoped
class RegistryBlobs implements BlobStore {
    private static final String UPLOADS = "/v2/images/blobs/uploads/";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long RPC_SECONDS = 10;

    private final HttpPeers http;
    private final Peers peers;

    RegistryBlobs(HttpPeers http, Peers peers) {
        this.http = http;
        this.peers = peers;
    }

    HttpClient client() {
        return http.client(Role.IMAGE, Role.REGISTRY);
    }

    URI uri(String path) {
        return http.uri(Role.REGISTRY, path);
    }

    @Override
    public Upload begin() {
        HttpRequest request = HttpRequest.newBuilder(uri(UPLOADS))
                .timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = expect(202, send(request));
        String location = answer.headers().firstValue("Location").orElse("");
        if (!location.startsWith("/v2/")) {
            throw ErrorCode.INTERNAL.with("registry gave no place for an upload");
        }
        return new RegistryUpload(this, location);
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorCode.INTERNAL.with("interrupted").causedBy(e);
        }
    }

    static GantryException away(Throwable e) {
        return ErrorCode.SERVICE_AWAY
                .with("registry", String.valueOf(e.getMessage()))
                .causedBy(e);
    }

    static HttpResponse<String> expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() == status) {
            return answer;
        }
        throw switch (answer.statusCode()) {
            case 413 -> ErrorCode.TOO_LARGE.with("layer", "what the registry takes");
            case 507 -> ErrorCode.NO_SPACE.with("registry");
            case 429 -> ErrorCode.SERVICE_AWAY.with("registry", "too many unfinished uploads");
            default -> ErrorCode.INTERNAL.with("registry answered " + answer.statusCode() + ": " + answer.body());
        };
    }

    @Override
    public void delete(String digest) {
        try {
            BlobsGrpc.newBlockingStub(peers.channel(Role.IMAGE, Role.REGISTRY))
                    .withDeadlineAfter(RPC_SECONDS, TimeUnit.SECONDS)
                    .delete(BlobQuery.newBuilder().setDigest(digest).build());
        } catch (StatusRuntimeException e) {
            throw RpcErrors.from(e, "registry");
        }
    }
}
