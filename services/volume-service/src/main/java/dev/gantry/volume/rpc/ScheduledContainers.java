package dev.gantry.volume.rpc;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.ContainerQuery;
import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.rpc.Peers;
import dev.gantry.service.rpc.RpcErrors;
import dev.gantry.volume.lifecycle.Containers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/** Asks the scheduler. */
@ApplicationScoped
class ScheduledContainers implements Containers {
    private static final int SECONDS = 10;

    private final Peers peers;

    ScheduledContainers(Peers peers) {
        this.peers = peers;
    }

    @Override
    public boolean exists(String container) {
        try {
            var query = ContainerQuery.newBuilder()
                    .setReference(container)
                    .setBeingMade(true)
                    .build();
            var located = ContainersGrpc.newBlockingStub(peers.channel(Role.VOLUME, Role.SCHEDULER))
                    .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                    .locate(query);
            return located.getId().equals(container);
        } catch (RuntimeException e) {
            var error = RpcErrors.from(e, "the scheduler");
            if (error.code() == ErrorCode.NO_SUCH_CONTAINER) {
                return false;
            }
            throw error;
        }
    }
}
