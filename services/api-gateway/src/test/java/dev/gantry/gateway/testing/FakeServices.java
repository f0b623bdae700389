package dev.gantry.gateway.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.Changed;
import dev.gantry.contracts.rpc.ContainerCreated;
import dev.gantry.contracts.rpc.ContainerFiles;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.ContainerQuery;
import dev.gantry.contracts.rpc.ContainerUpdate;
import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.CreateContainer;
import dev.gantry.contracts.rpc.CreateVolume;
import dev.gantry.contracts.rpc.Document;
import dev.gantry.contracts.rpc.ImageQuery;
import dev.gantry.contracts.rpc.ImagesGrpc;
import dev.gantry.contracts.rpc.KillContainer;
import dev.gantry.contracts.rpc.ListContainers;
import dev.gantry.contracts.rpc.ListImages;
import dev.gantry.contracts.rpc.ListNetworks;
import dev.gantry.contracts.rpc.ListNodes;
import dev.gantry.contracts.rpc.ListVolumes;
import dev.gantry.contracts.rpc.LocatedFiles;
import dev.gantry.contracts.rpc.NetworkQuery;
import dev.gantry.contracts.rpc.NetworksGrpc;
import dev.gantry.contracts.rpc.NodeList;
import dev.gantry.contracts.rpc.NodesGrpc;
import dev.gantry.contracts.rpc.NoteContainer;
import dev.gantry.contracts.rpc.PauseContainer;
import dev.gantry.contracts.rpc.PruneContainers;
import dev.gantry.contracts.rpc.PruneImages;
import dev.gantry.contracts.rpc.RemoveContainer;
import dev.gantry.contracts.rpc.RemoveImage;
import dev.gantry.contracts.rpc.RemoveVolumeRequest;
import dev.gantry.contracts.rpc.RenameContainer;
import dev.gantry.contracts.rpc.StartContainer;
import dev.gantry.contracts.rpc.StopContainer;
import dev.gantry.contracts.rpc.TagImage;
import dev.gantry.contracts.rpc.UpdateContainer;
import dev.gantry.contracts.rpc.VolumeQuery;
import dev.gantry.contracts.rpc.VolumesGrpc;
import dev.gantry.contracts.rpc.WaitContainer;
import dev.gantry.contracts.rpc.WaitUpdate;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Services that answer what a test has laid ready, and remember what they were asked. */
public final class FakeServices {
    /** What the services were asked, in order. */
    public final ConcurrentLinkedDeque<Message> asked = new ConcurrentLinkedDeque<>();

    /** What was put on record, in order: action and attributes. */
    public final ConcurrentLinkedDeque<NoteContainer> notes = new ConcurrentLinkedDeque<>();

    /** How many of the next notes find the scheduler away. */
    public final AtomicInteger notesRefused = new AtomicInteger();

    /** When to answer a wait after it was registered; already complete unless a test says otherwise. */
    public volatile CompletableFuture<Void> exit = CompletableFuture.completedFuture(null);

    private final ConcurrentLinkedQueue<Object> answers = new ConcurrentLinkedQueue<>();
    private volatile ContainerLocation location = ContainerLocation.newBuilder()
            .setId("c".repeat(64))
            .setName("c1")
            .setNode("n1")
            .setState("running")
            .build();

    /** The next answer: a message, a document as text, a number (an exit code), or an exception. */
    public FakeServices answer(Object next) {
        answers.add(next);
        return this;
    }

    public FakeServices forget() {
        answers.clear();
        asked.clear();
        notes.clear();
        return this;
    }

    public void locate(ContainerLocation found) {
        location = found;
    }

    public ContainerLocation location() {
        return location;
    }

    public List<BindableService> all() {
        return List.of(new Containers(), new Nodes(), new Images(), new Networks(), new Volumes());
    }

    private Object next(Message question) {
        asked.add(question);
        var next = answers.poll();
        if (next == null) {
            throw ErrorCode.INTERNAL.with("a service was asked and has no answer laid ready: "
                    + question.getClass().getSimpleName());
        }
        if (next instanceof RuntimeException failure) {
            throw failure;
        }
        return next;
    }

    private <T> void answer(StreamObserver<T> out, Message question, Class<T> type) {
        try {
            var next = next(question);
            out.onNext(type.cast(next instanceof String json ? document(json) : next));
            out.onCompleted();
        } catch (RuntimeException failure) {
            out.onError(RpcErrors.toStatus(failure));
        }
    }

    public static Document document(@Nullable Object json) {
        var bytes = json instanceof String text
                ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8)
                : DockerJson.write(java.util.Objects.requireNonNull(json));
        return Document.newBuilder().setJson(ByteString.copyFrom(bytes)).build();
    }

    public static Changed changed(boolean changed) {
        return Changed.newBuilder().setChanged(changed).build();
    }

    private final class Containers extends ContainersGrpc.ContainersImplBase {
        @Override
        public void create(CreateContainer request, StreamObserver<ContainerCreated> out) {
            answer(out, request, ContainerCreated.class);
        }

        @Override
        public void start(StartContainer request, StreamObserver<Changed> out) {
            answer(out, request, Changed.class);
        }

        @Override
        public void stop(StopContainer request, StreamObserver<Changed> out) {
            answer(out, request, Changed.class);
        }

        @Override
        public void restart(StopContainer request, StreamObserver<Changed> out) {
            answer(out, request, Changed.class);
        }

        @Override
        public void kill(KillContainer request, StreamObserver<Changed> out) {
            answer(out, request, Changed.class);
        }

        @Override
        public void pause(PauseContainer request, StreamObserver<Changed> out) {
            answer(out, request, Changed.class);
        }

        @Override
        public void unpause(PauseContainer request, StreamObserver<Changed> out) {
            answer(out, request, Changed.class);
        }

        @Override
        public void update(UpdateContainer request, StreamObserver<ContainerUpdate> out) {
            answer(out, request, ContainerUpdate.class);
        }

        @Override
        public void rename(RenameContainer request, StreamObserver<Changed> out) {
            answer(out, request, Changed.class);
        }

        @Override
        public void remove(RemoveContainer request, StreamObserver<Changed> out) {
            answer(out, request, Changed.class);
        }

        @Override
        public void inspect(ContainerQuery request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }

        @Override
        public void list(ListContainers request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }

        @Override
        public void prune(PruneContainers request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }

        @Override
        public void note(NoteContainer request, StreamObserver<Changed> out) {
            if (notesRefused.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                out.onError(RpcErrors.toStatus(ErrorCode.SERVICE_AWAY.with("scheduler-service", "it died")));
                return;
            }
            notes.add(request);
            out.onNext(changed(true));
            out.onCompleted();
        }

        @Override
        public void locateFiles(ContainerQuery request, StreamObserver<LocatedFiles> out) {
            if (request.getReference().startsWith("nosuch")) {
                out.onError(RpcErrors.toStatus(ErrorCode.NO_SUCH_CONTAINER.with(request.getReference())));
            } else {
                out.onNext(LocatedFiles.newBuilder()
                        .setLocation(location)
                        .setFiles(ContainerFiles.newBuilder().setReference(request.getReference()))
                        .build());
                out.onCompleted();
            }
        }

        @Override
        public void locate(ContainerQuery request, StreamObserver<ContainerLocation> out) {
            if (request.getReference().startsWith("nosuch")) {
                out.onError(RpcErrors.toStatus(ErrorCode.NO_SUCH_CONTAINER.with(request.getReference())));
            } else {
                out.onNext(location);
                out.onCompleted();
            }
        }

        @Override
        public void wait(WaitContainer request, StreamObserver<WaitUpdate> out) {
            try {
                var next = (Number) next(request);
                out.onNext(WaitUpdate.newBuilder()
                        .setRegistered(WaitUpdate.Registered.getDefaultInstance())
                        .build());
                var _ = exit.whenComplete((done, killed) -> {
                    if (killed != null) {
                        out.onError(RpcErrors.toStatus(ErrorCode.SERVICE_AWAY.with("scheduler-service", "it died")));
                        return;
                    }
                    out.onNext(WaitUpdate.newBuilder()
                            .setExited(WaitUpdate.Exited.newBuilder().setStatusCode(next.longValue()))
                            .build());
                    out.onCompleted();
                });
            } catch (RuntimeException failure) {
                out.onError(RpcErrors.toStatus(failure));
            }
        }
    }

    private final class Nodes extends NodesGrpc.NodesImplBase {
        @Override
        public void list(ListNodes request, StreamObserver<NodeList> out) {
            answer(out, request, NodeList.class);
        }
    }

    private final class Images extends ImagesGrpc.ImagesImplBase {
        @Override
        public void inspect(ImageQuery request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }

        @Override
        public void history(ImageQuery request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }

        @Override
        public void list(ListImages request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }

        @Override
        public void tag(TagImage request, StreamObserver<Changed> out) {
            answer(out, request, Changed.class);
        }

        @Override
        public void remove(RemoveImage request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }

        @Override
        public void prune(PruneImages request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }
    }

    private final class Networks extends NetworksGrpc.NetworksImplBase {
        @Override
        public void list(ListNetworks request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }

        @Override
        public void inspect(NetworkQuery request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }
    }

    private final class Volumes extends VolumesGrpc.VolumesImplBase {
        @Override
        public void list(ListVolumes request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }

        @Override
        public void inspect(VolumeQuery request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }

        @Override
        public void create(CreateVolume request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }

        @Override
        public void remove(RemoveVolumeRequest request, StreamObserver<Changed> out) {
            answer(out, request, Changed.class);
        }

        @Override
        public void prune(ListVolumes request, StreamObserver<Document> out) {
            answer(out, request, Document.class);
        }
    }
}
