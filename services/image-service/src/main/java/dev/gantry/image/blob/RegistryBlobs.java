package dev.gantry.image.blob;

import dev.gantry.contracts.rpc.BlobQuery;
import dev.gantry.contracts.rpc.BlobsGrpc;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.rpc.Peers;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
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

    private final Peers peers;

    RegistryBlobs(Peers peers) {
        this.peers = peers;
    }

    @Override
    public Upload begin() {
        return new RegistryUpload(BlobsGrpc.newBlockingV2Stub(peers.channel(Role.IMAGE, Role.REGISTRY))
                .withDeadlineAfter(UPLOAD_HOURS, TimeUnit.HOURS)
                .put());
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
