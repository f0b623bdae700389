package dev.gantry.volume;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.contracts.rpc.Changed;
import dev.gantry.contracts.rpc.Document;
import dev.gantry.contracts.rpc.ListVolumes;
import dev.gantry.contracts.rpc.MountsPlanned;
import dev.gantry.contracts.rpc.PlanMounts;
import dev.gantry.contracts.rpc.ReleaseMounts;
import dev.gantry.contracts.rpc.VolumesGrpc;
import dev.gantry.service.rpc.Answers;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.Set;

/** {@code gantry.v1.Volumes}. */
@Singleton
class VolumesRpc extends VolumesGrpc.VolumesImplBase {
    private static final Set<String> FILTERS = Set.of("dangling", "driver", "label", "name");

    @Override
    public void list(ListVolumes request, StreamObserver<Document> out) {
        Answers.unary(out, () -> {
            Filters.fromJson(request.getFilters().toByteArray()).refuseOthersThan(FILTERS);
            return Document.newBuilder()
                    .setJson(ByteString.copyFrom(DockerJson.write(VolumeList.NONE)))
                    .build();
        });
    }

    @Override
    public void plan(PlanMounts request, StreamObserver<MountsPlanned> out) {
        Answers.unary(out, () -> {
            RequestedMounts.refuseAny(request.getMounts().toByteArray());
            return MountsPlanned.getDefaultInstance();
        });
    }

    /** Nothing is held, so nothing is left to give back. */
    @Override
    public void release(ReleaseMounts request, StreamObserver<Changed> out) {
        Answers.unary(out, Changed::getDefaultInstance);
    }
}
