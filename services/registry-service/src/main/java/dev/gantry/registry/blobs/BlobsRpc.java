package dev.gantry.registry.blobs;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.BlobQuery;
import dev.gantry.contracts.rpc.BlobStat;
import dev.gantry.contracts.rpc.BlobsGrpc;
import dev.gantry.contracts.rpc.Changed;
import dev.gantry.contracts.rpc.PutBlob;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.digest.InvalidDigestException;
import dev.gantry.registry.content.ContentStore;
import dev.gantry.service.instance.Port;
import dev.gantry.service.rpc.Answers;
import dev.gantry.service.rpc.InventoryRpc;
import dev.gantry.service.rpc.RpcService;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The small questions, and the short way in, over gRPC. */
@Singleton
class BlobsRpc extends BlobsGrpc.BlobsImplBase {
    private static final int AHEAD = 4;

    private final Blobs blobs;
    private final ContentStore content;
    private final long largest;

    BlobsRpc(Blobs blobs, ContentStore content, @ConfigProperty(name = "gantry.registry.largest-blob") long largest) {
        this.blobs = blobs;
        this.content = content;
        this.largest = largest;
    }

    @Produces
    @Singleton
    static RpcService registryRpc(BlobsRpc blobs, Inventory inventory) {
        return new RpcService(Role.REGISTRY, Port.REGISTRY_RPC, List.of(blobs, new InventoryRpc(inventory::take)));
    }

    @Override
    public StreamObserver<PutBlob> put(StreamObserver<BlobStat> out) {
        var call = (ServerCallStreamObserver<BlobStat>) out;
        call.disableAutoRequest();
        BlobIntake intake = new BlobIntake(blobs, content, largest, call);
        call.setOnCancelHandler(intake::abandon);
        call.request(AHEAD);
        return intake;
    }

    @Override
    public void stat(BlobQuery query, StreamObserver<BlobStat> out) {
        Answers.unary(out, () -> {
            OptionalLong size = blobs.size(digest(query));
            return BlobStat.newBuilder()
                    .setFound(size.isPresent())
                    .setSize(size.orElse(0))
                    .build();
        });
    }

    @Override
    public void delete(BlobQuery query, StreamObserver<Changed> out) {
        Answers.unary(
                out,
                () -> Changed.newBuilder()
                        .setChanged(blobs.delete(digest(query)))
                        .build());
    }

    private static Digest digest(BlobQuery query) {
        try {
            return Digest.parse(query.getDigest());
        } catch (InvalidDigestException e) {
            throw ErrorCode.INVALID_PARAMETER
                    .with(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }
}
