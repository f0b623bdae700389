package dev.gantry.volume.rpc;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.mount.PlannedMount;
import dev.gantry.contracts.docker.mount.VolumeName;
import dev.gantry.contracts.docker.volume.VolumeCreate;
import dev.gantry.contracts.docker.volume.VolumeList;
import dev.gantry.contracts.docker.volume.VolumesPruned;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.contracts.rpc.Changed;
import dev.gantry.contracts.rpc.ClaimVolumes;
import dev.gantry.contracts.rpc.ClaimedVolume;
import dev.gantry.contracts.rpc.CreateVolume;
import dev.gantry.contracts.rpc.Document;
import dev.gantry.contracts.rpc.ListVolumes;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.contracts.rpc.MountsPlanned;
import dev.gantry.contracts.rpc.PlanMounts;
import dev.gantry.contracts.rpc.ReleaseMounts;
import dev.gantry.contracts.rpc.RemoveVolumeRequest;
import dev.gantry.contracts.rpc.UnmountVolumes;
import dev.gantry.contracts.rpc.VolumeClaim;
import dev.gantry.contracts.rpc.VolumeQuery;
import dev.gantry.contracts.rpc.VolumesClaimed;
import dev.gantry.contracts.rpc.VolumesGrpc;
import dev.gantry.service.rpc.Answers;
import dev.gantry.volume.lifecycle.Volumes;
import dev.gantry.volume.lifecycle.Wish;
import dev.gantry.volume.store.MountedAt;
import dev.gantry.volume.store.Volume;
import dev.gantry.volume.store.VolumeStore;
import dev.gantry.volume.view.VolumeFilter;
import dev.gantry.volume.view.VolumeView;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.Map;

/** {@code gantry.v1.Volumes}. */
@Singleton
class VolumesRpc extends VolumesGrpc.VolumesImplBase {
    private final Volumes volumes;
    private final VolumeStore store;

    VolumesRpc(Volumes volumes, VolumeStore store) {
        this.volumes = volumes;
        this.store = store;
    }

    @Override
    public void claim(ClaimVolumes request, StreamObserver<VolumesClaimed> out) {
        Answers.unary(out, () -> {
            var wanted =
                    request.getVolumesList().stream().map(VolumesRpc::wanted).toList();
            var reply = VolumesClaimed.newBuilder();
            volumes.claim(request.getContainer(), request.getNode(), wanted).stream()
                    .map(volume -> ClaimedVolume.newBuilder()
                            .setDriver(volume.driver())
                            .setMountpoint(volume.mountpoint()))
                    .forEach(reply::addVolumes);
            return reply.build();
        });
    }

    private static Volumes.Wanted wanted(VolumeClaim claim) {
        var labels = claim.getAnonymous() ? Map.of(Volume.ANONYMOUS, "") : claim.getLabelsMap();
        var labelled = claim.getAnonymous() || claim.getLabelled();
        return new Volumes.Wanted(
                new Wish(claim.getName(), claim.getDriver(), claim.getOptionsMap(), labelled ? labels : null),
                claim.getTarget(),
                claim.getAnonymous());
    }

    @Override
    public void plan(PlanMounts request, StreamObserver<MountsPlanned> out) {
        Answers.unary(out, () -> {
            var mounts = DockerJson.readList(request.getMounts().toByteArray(), PlannedMount.class);
            store.mounted(
                    request.getContainer(),
                    mounts.stream().map(VolumesRpc::mountedAt).toList());
            var reply = MountsPlanned.newBuilder();
            mounts.forEach(mount -> reply.addMounts(plan(mount)));
            return reply.build();
        });
    }

    private static MountedAt mountedAt(PlannedMount mount) {
        var point = mount.point();
        return new MountedAt(point.name(), point.destination(), point.rw(), point.propagation());
    }

    private static MountPlan plan(PlannedMount mount) {
        return MountPlan.newBuilder()
                .setType(PlannedMount.VOLUME)
                .setSource(mount.point().name())
                .setTarget(mount.destination())
                .setReadOnly(!mount.point().rw())
                .addAllOptions(mount.options())
                .setCopyUp(mount.copyUp())
                .setSubpath(mount.subpath())
                .build();
    }

    @Override
    public void unmount(UnmountVolumes request, StreamObserver<Changed> out) {
        Answers.unary(out, () -> changed(store.unmounted(request.getContainer())));
    }

    @Override
    public void release(ReleaseMounts request, StreamObserver<Changed> out) {
        Answers.unary(out, () -> changed(volumes.release(request.getContainer(), request.getRemoveAnonymous())));
    }

    @Override
    public void list(ListVolumes request, StreamObserver<Document> out) {
        Answers.unary(out, () -> {
            var wanted = VolumeFilter.list(Filters.fromJson(request.getFilters().toByteArray()));
            var found = store.all().stream()
                    .filter(Volume::made)
                    .filter(wanted)
                    .map(VolumeView::of)
                    .toList();
            return document(new VolumeList(found, null));
        });
    }

    @Override
    public void inspect(VolumeQuery request, StreamObserver<Document> out) {
        Answers.unary(
                out,
                () -> document(VolumeView.of(store.named(request.getName())
                        .filter(Volume::made)
                        .orElseThrow(() -> ErrorCode.NO_SUCH_VOLUME.with(request.getName())))));
    }

    @Override
    public void create(CreateVolume request, StreamObserver<Document> out) {
        Answers.unary(out, () -> document(VolumeView.of(volumes.create(wish(request.getBody())))));
    }

    private static Wish wish(ByteString body) {
        var asked = body.isEmpty()
                ? DockerJson.empty(VolumeCreate.class)
                : DockerJson.read(body.toByteArray(), VolumeCreate.class);
        if (!asked.name().isEmpty()) {
            return new Wish(asked.name(), asked.driver(), asked.driverOpts(), asked.labels());
        }
        var labels = new java.util.TreeMap<>(dev.gantry.contracts.docker.Empty.ifNull(asked.labels()));
        labels.put(Volume.ANONYMOUS, "");
        return new Wish(VolumeName.anonymous(), asked.driver(), asked.driverOpts(), labels);
    }

    @Override
    public void remove(RemoveVolumeRequest request, StreamObserver<Changed> out) {
        Answers.unary(out, () -> changed(removed(request.getName(), request.getForce())));
    }

    private boolean removed(String name, boolean force) {
        try {
            volumes.remove(name);
            return true;
        } catch (GantryException e) {
            if (force && e.code() == ErrorCode.NO_SUCH_VOLUME) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void prune(ListVolumes request, StreamObserver<Document> out) {
        Answers.unary(out, () -> {
            var pruned = volumes.prune(
                    VolumeFilter.prune(Filters.fromJson(request.getFilters().toByteArray())));
            return document(new VolumesPruned(pruned.names(), pruned.bytes()));
        });
    }

    private static Changed changed(boolean changed) {
        return Changed.newBuilder().setChanged(changed).build();
    }

    private static Document document(Object docker) {
        return Document.newBuilder()
                .setJson(ByteString.copyFrom(DockerJson.write(docker)))
                .build();
    }
}
