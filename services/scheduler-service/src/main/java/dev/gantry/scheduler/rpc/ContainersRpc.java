package dev.gantry.scheduler.rpc;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainersPruned;
import dev.gantry.contracts.docker.container.Signal;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.contracts.rpc.Changed;
import dev.gantry.contracts.rpc.ContainerCreated;
import dev.gantry.contracts.rpc.ContainerFiles;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.ContainerQuery;
import dev.gantry.contracts.rpc.ContainerUpdate;
import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.CountUsers;
import dev.gantry.contracts.rpc.CreateContainer;
import dev.gantry.contracts.rpc.Document;
import dev.gantry.contracts.rpc.ImageUse;
import dev.gantry.contracts.rpc.ImageUsersReply;
import dev.gantry.contracts.rpc.KillContainer;
import dev.gantry.contracts.rpc.ListContainers;
import dev.gantry.contracts.rpc.LocatedFiles;
import dev.gantry.contracts.rpc.NoteContainer;
import dev.gantry.contracts.rpc.PauseContainer;
import dev.gantry.contracts.rpc.PruneContainers;
import dev.gantry.contracts.rpc.RemoveContainer;
import dev.gantry.contracts.rpc.RenameContainer;
import dev.gantry.contracts.rpc.StartContainer;
import dev.gantry.contracts.rpc.StopContainer;
import dev.gantry.contracts.rpc.UpdateContainer;
import dev.gantry.contracts.rpc.UserCounts;
import dev.gantry.contracts.rpc.WaitContainer;
import dev.gantry.contracts.rpc.WaitUpdate;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.lifecycle.ActiveScheduler;
import dev.gantry.scheduler.lifecycle.WaitCondition;
import dev.gantry.scheduler.node.NodeRegistry;
import dev.gantry.scheduler.view.ContainerList;
import dev.gantry.scheduler.view.InspectView;
import dev.gantry.scheduler.view.PruneFilter;
import dev.gantry.service.rpc.Answers;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code gantry.v1.Containers}. */
@Singleton
class ContainersRpc extends ContainersGrpc.ContainersImplBase {
    private final Leadership leadership;
    private final NodeRegistry nodes;
    private final Remotes remotes;

    ContainersRpc(Leadership leadership, NodeRegistry nodes, Remotes remotes) {
        this.leadership = leadership;
        this.nodes = nodes;
        this.remotes = remotes;
    }

    private ActiveScheduler active() {
        return leadership.active();
    }

    @Override
    public void create(CreateContainer request, StreamObserver<ContainerCreated> out) {
        Answers.unary(out, () -> {
            var made = active().create(
                            request.getName(),
                            request.getPlatform(),
                            request.getBody().toByteArray());
            return ContainerCreated.newBuilder()
                    .setId(made.id())
                    .addAllWarnings(made.warnings())
                    .build();
        });
    }

    @Override
    public void start(StartContainer request, StreamObserver<Changed> out) {
        Answers.unary(out, () -> changed(active().start(request.getReference())));
    }

    @Override
    public void stop(StopContainer request, StreamObserver<Changed> out) {
        Answers.unary(out, () -> changed(active().stop(request.getReference(), timeout(request), signal(request))));
    }

    @Override
    public void restart(StopContainer request, StreamObserver<Changed> out) {
        Answers.unary(out, () -> changed(active().restart(request.getReference(), timeout(request), signal(request))));
    }

    private static OptionalInt timeout(StopContainer request) {
        return request.hasTimeoutSeconds() ? OptionalInt.of(request.getTimeoutSeconds()) : OptionalInt.empty();
    }

    private static int signal(StopContainer request) {
        return request.getSignal().isEmpty() ? 0 : Signal.number(request.getSignal());
    }

    @Override
    public void kill(KillContainer request, StreamObserver<Changed> out) {
        Answers.unary(out, () -> changed(active().kill(request.getReference(), request.getSignal())));
    }

    @Override
    public void pause(PauseContainer request, StreamObserver<Changed> out) {
        Answers.unary(out, () -> changed(active().pause(request.getReference())));
    }

    @Override
    public void unpause(PauseContainer request, StreamObserver<Changed> out) {
        Answers.unary(out, () -> changed(active().unpause(request.getReference())));
    }

    @Override
    public void update(UpdateContainer request, StreamObserver<ContainerUpdate> out) {
        Answers.unary(
                out,
                () -> ContainerUpdate.newBuilder()
                        .addAllWarnings(active().update(
                                        request.getReference(),
                                        request.getHostConfig().toByteArray()))
                        .build());
    }

    @Override
    public void rename(RenameContainer request, StreamObserver<Changed> out) {
        Answers.unary(out, () -> changed(active().rename(request.getReference(), request.getName())));
    }

    @Override
    public void remove(RemoveContainer request, StreamObserver<Changed> out) {
        Answers.unary(
                out, () -> changed(active().remove(request.getReference(), request.getForce(), request.getVolumes())));
    }

    @Override
    public void note(NoteContainer request, StreamObserver<Changed> out) {
        Answers.unary(out, () -> {
            active().note(request.getReference(), request.getAction(), request.getAttributesMap());
            return changed(true);
        });
    }

    private static Changed changed(boolean changed) {
        return Changed.newBuilder().setChanged(changed).build();
    }

    @Override
    public void wait(WaitContainer request, StreamObserver<WaitUpdate> out) {
        // grpc-java hands every server method a ServerCallStreamObserver
        var stream = (ServerCallStreamObserver<WaitUpdate>) out;
        try {
            var answer = active().wait(request.getReference(), WaitCondition.parse(request.getCondition()));
            stream.setOnCancelHandler(() -> answer.cancel(false));
            stream.onNext(WaitUpdate.newBuilder()
                    .setRegistered(WaitUpdate.Registered.getDefaultInstance())
                    .build());
            var _ = answer.whenComplete((code, error) -> finish(stream, code, error));
        } catch (RuntimeException e) {
            stream.onError(RpcErrors.toStatus(e));
        }
    }

    /** A cancelled wait has nobody who listens. */
    private static void finish(
            ServerCallStreamObserver<WaitUpdate> stream, @Nullable Integer code, @Nullable Throwable error) {
        if (stream.isCancelled()) {
            return;
        }
        if (code == null) {
            stream.onError(RpcErrors.toStatus(error == null ? new IllegalStateException("no exit code") : error));
            return;
        }
        stream.onNext(WaitUpdate.newBuilder()
                .setExited(WaitUpdate.Exited.newBuilder().setStatusCode(code))
                .build());
        stream.onCompleted();
    }

    @Override
    public void inspect(ContainerQuery request, StreamObserver<Document> out) {
        Answers.unary(out, () -> {
            var container = active().inspect(request.getReference());
            return document(InspectView.of(container, nodes.facts(container.node())));
        });
    }

    @Override
    public void list(ListContainers request, StreamObserver<Document> out) {
        Answers.unary(out, () -> {
            var filters = Filters.fromJson(request.getFilters().toByteArray());
            var list = new ContainerList(active(), reference -> imageId(reference), Instant.now());
            return document(list.of(filters, request.getAll(), request.getLimit()));
        });
    }

    /** An image that is not there has no containers. */
    private String imageId(String reference) {
        try {
            return remotes.resolve(reference, "").getId();
        } catch (dev.gantry.contracts.error.GantryException unknown) {
            return "";
        }
    }

    @Override
    public void prune(PruneContainers request, StreamObserver<Document> out) {
        Answers.unary(out, () -> {
            var filter = PruneFilter.parse(Filters.fromJson(request.getFilters().toByteArray()), Instant.now());
            var removed = active().prune(filter);
            return document(new ContainersPruned(removed.isEmpty() ? null : removed, 0));
        });
    }

    @Override
    public void locate(ContainerQuery request, StreamObserver<ContainerLocation> out) {
        Answers.unary(out, () -> {
            var scheduler = active();
            // in this order: what is not being made any more is there, or never will be
            return request.getBeingMade() && scheduler.isBeingMade(request.getReference())
                    ? ContainerLocation.newBuilder()
                            .setId(request.getReference())
                            .build()
                    : location(scheduler.inspect(request.getReference()));
        });
    }

    @Override
    public void locateFiles(ContainerQuery request, StreamObserver<LocatedFiles> out) {
        Answers.unary(out, () -> {
            var scheduler = active();
            var container = scheduler.inspect(request.getReference());
            return LocatedFiles.newBuilder()
                    .setLocation(location(container))
                    .setFiles(ContainerFiles.newBuilder()
                            .setContainer(container.id())
                            .setReference(request.getReference())
                            .setUser(container.spec().config().user())
                            .setImage(container.image())
                            .addAllMounts(scheduler.mounts(container))
                            .setReadOnly(container.spec().hostConfig().readonlyRootfs()))
                    .build();
        });
    }

    private ContainerLocation location(Container container) {
        var node = nodes.get(container.node());
        var config = container.spec().config();
        return ContainerLocation.newBuilder()
                .setId(container.id())
                .setName(container.name())
                .setNode(node.name())
                .setAgentHost(node.host())
                .setAgentPort(node.port())
                .setTty(config.tty())
                .setOpenStdin(config.openStdin())
                .setStdinOnce(config.stdinOnce())
                .setState(container.status().word())
                .setLogDriver(container.spec().hostConfig().logConfig().type())
                .build();
    }

    @Override
    public void imageUsers(ImageUse request, StreamObserver<ImageUsersReply> out) {
        Answers.unary(out, () -> users(active().imageUsers(request.getImageId())));
    }

    @Override
    public void countImageUsers(CountUsers request, StreamObserver<UserCounts> out) {
        Answers.unary(
                out,
                () -> UserCounts.newBuilder()
                        .putAllContainers(active().imageUserCounts())
                        .build());
    }

    private static ImageUsersReply users(List<ActiveScheduler.ImageUser> users) {
        var reply = ImageUsersReply.newBuilder();
        users.forEach(user -> reply.addUsersBuilder()
                .setContainer(user.container())
                .setRunning(user.running())
                .setImageReference(user.reference()));
        return reply.build();
    }

    private static Document document(Object docker) {
        return Document.newBuilder()
                .setJson(ByteString.copyFrom(DockerJson.write(docker)))
                .build();
    }
}
