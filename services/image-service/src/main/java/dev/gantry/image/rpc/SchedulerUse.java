package dev.gantry.image.rpc;

import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.ContainersGrpc.ContainersBlockingStub;
import dev.gantry.contracts.rpc.CountUsers;
import dev.gantry.contracts.rpc.ImageUse;
import dev.gantry.contracts.rpc.ImageUsersReply;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.oci.digest.Digest;
import dev.gantry.service.rpc.Peers;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The scheduler knows which containers use an image. When it is away nobody knows, so nothing is removed. */
@ApplicationScoped
class SchedulerUse implements dev.gantry.image.removal.ImageUse, UseCounts.Source {
    private static final long SECONDS = 5;

    private final Peers peers;

    SchedulerUse(Peers peers) {
        this.peers = peers;
    }

    @Override
    public Map<String, Integer> all() {
        try {
            return scheduler().countImageUsers(CountUsers.getDefaultInstance()).getContainersMap();
        } catch (StatusRuntimeException e) {
            throw RpcErrors.from(e, "scheduler");
        }
    }

    private ContainersBlockingStub scheduler() {
        return ContainersGrpc.newBlockingStub(peers.channel(Role.IMAGE, Role.SCHEDULER))
                .withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public List<User> of(Digest image) {
        try {
            ImageUsersReply reply = scheduler()
                    .imageUsers(
                            ImageUse.newBuilder().setImageId(image.toString()).build());
            return reply.getUsersList().stream()
                    .map(user -> new User(user.getContainer(), user.getRunning()))
                    .toList();
        } catch (StatusRuntimeException e) {
            throw RpcErrors.from(e, "scheduler");
        }
    }
}
