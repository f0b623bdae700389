package dev.gantry.image.service;

import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.CountUsers;
import dev.gantry.contracts.rpc.ImageUse;
import dev.gantry.contracts.rpc.ImageUsersReply;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.contracts.rpc.UserCounts;
import dev.gantry.service.instance.Port;
import dev.gantry.service.rpc.Answers;
import dev.gantry.service.rpc.RpcService;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Says who uses an image as the test wants it. */
@Singleton
class FakeScheduler extends ContainersGrpc.ContainersImplBase {
    private final Map<String, ImageUsersReply.User> users = new ConcurrentHashMap<>();
    private volatile Runnable whenAsked = () -> {};

    @Produces
    @Singleton
    static RpcService scheduler(FakeScheduler fake) {
        return new RpcService(Role.SCHEDULER, Port.SCHEDULER_RPC, List.of(fake));
    }

    void uses(String imageId, String container, boolean running) {
        users.put(
                imageId,
                ImageUsersReply.User.newBuilder()
                        .setContainer(container)
                        .setRunning(running)
                        .build());
    }

    void usesNothing() {
        users.clear();
        whenAsked = () -> {};
    }

    /** Runs once, at the next question. */
    void whenAsked(Runnable work) {
        whenAsked = () -> {
            whenAsked = () -> {};
            work.run();
        };
    }

    @Override
    public void countImageUsers(CountUsers query, StreamObserver<UserCounts> out) {
        Answers.unary(out, () -> {
            var counts = UserCounts.newBuilder();
            users.keySet().forEach(image -> counts.putContainers(image, 1));
            return counts.build();
        });
    }

    @Override
    public void imageUsers(ImageUse query, StreamObserver<ImageUsersReply> out) {
        Answers.unary(out, () -> {
            whenAsked.run();
            var reply = ImageUsersReply.newBuilder();
            var user = users.get(query.getImageId());
            return user == null ? reply.build() : reply.addUsers(user).build();
        });
    }
}
