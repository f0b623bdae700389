package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.askNode;
import static dev.gantry.gateway.backend.Asking.within;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerStats;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.UsageQuery;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.Reply;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What a container uses: once, or once a second until the client leaves or the container is removed. How busy it is takes two samples, so a single one
 * that is not asked for at once comes a second later. A container that does not run uses nothing, and its stream says so.
 */
public final class Stats {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Set<String> RUNNING = Set.of("running", "paused");

    private final Backends backends;

    public Stats(Backends backends) {
        this.backends = backends;
    }

    public void serve(Call call, Reply reply) throws IOException, InterruptedException {
        var query = call.query();
        var container = Located.container(backends, call.name());
        var gone = new Semaphore(0);
        reply.whenGone(gone::release);
        if (query.flag("stream", true)) {
            stream(container, reply.begin(200, ""), gone);
        } else if (!RUNNING.contains(container.getState())) {
            reply.answer(Answer.object(200, nothing(container)));
        } else if (query.flag("one-shot")) {
            // here Docker names no container
            var sample = sample(container, StatsDocument.zeros("", ""), "", "");
            reply.answer(Answer.object(200, sample));
        } else {
            var first = sample(container, nothing(container));
            if (!gone.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                reply.answer(Answer.object(200, sample(container, first)));
            }
        }
    }

    private void stream(ContainerLocation container, OutputStream out, Semaphore gone)
            throws IOException, InterruptedException {
        var before = nothing(container);
        try {
            do {
                before = sample(Located.container(backends, container.getId()), before);
                out.write(DockerJson.write(before));
                out.write('\n');
            } while (!gone.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (GantryException removedOrAway) {
            out.close(); // after the head there is no place for an error
            return;
        }
        out.close();
    }

    private ContainerStats sample(ContainerLocation container, ContainerStats before) throws InterruptedException {
        return sample(container, before, "/" + container.getName(), container.getId());
    }

    private ContainerStats sample(ContainerLocation container, ContainerStats before, String name, String id)
            throws InterruptedException {
        if (!RUNNING.contains(container.getState())) {
            return StatsDocument.zeros(name, id);
        }
        var query = UsageQuery.newBuilder().setContainer(container.getId()).build();
        try {
            var sample = askNode(
                    container,
                    () -> within(Asking.QUERY, AgentGrpc.newBlockingStub(backends.agent(container)))
                            .usage(query));
            return StatsDocument.of(name, id, sample, before);
        } catch (GantryException e) {
            if (e.code() == ErrorCode.NOT_RUNNING) { // it has ended meanwhile
                return StatsDocument.zeros(name, id);
            }
            throw e;
        }
    }

    private static ContainerStats nothing(ContainerLocation container) {
        return StatsDocument.zeros("/" + container.getName(), container.getId());
    }
}
