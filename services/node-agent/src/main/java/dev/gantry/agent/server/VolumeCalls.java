package dev.gantry.agent.server;

import dev.gantry.agent.orders.Blocking;
import dev.gantry.agent.volumes.MountSources;
import dev.gantry.agent.volumes.VolumeDirectories;
import dev.gantry.contracts.rpc.HostPaths;
import dev.gantry.contracts.rpc.VolumeDirectory;
import dev.gantry.contracts.rpc.VolumeMade;
import dev.gantry.contracts.rpc.VolumeRemoved;
import dev.gantry.service.rpc.Answers;
import io.grpc.stub.StreamObserver;

/** The calls of {@code Agent} about the host's own files. */
public final class VolumeCalls {
    private final Blocking blocking;
    private final VolumeDirectories volumes;
    private final MountSources sources;

    public VolumeCalls(Blocking blocking, VolumeDirectories volumes, MountSources sources) {
        this.blocking = blocking;
        this.volumes = volumes;
        this.sources = sources;
    }

    void make(VolumeDirectory request, StreamObserver<VolumeMade> out) {
        Answers.unary(
                out,
                () -> VolumeMade.newBuilder()
                        .setMountpoint(blocking.call(() -> volumes.make(request.getVolume()))
                                .toString())
                        .build());
    }

    void remove(VolumeDirectory request, StreamObserver<VolumeRemoved> out) {
        Answers.unary(
                out,
                () -> VolumeRemoved.newBuilder()
                        .setBytes(blocking.call(() -> volumes.remove(request.getVolume())))
                        .build());
    }

    void findMissing(HostPaths request, StreamObserver<HostPaths> out) {
        Answers.unary(
                out,
                () -> HostPaths.newBuilder()
                        .addAllPaths(blocking.call(() -> sources.missing(request.getPathsList())))
                        .build());
    }
}
