package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.ask;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerWaited;
import dev.gantry.contracts.docker.container.WaitError;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.WaitContainer;
import dev.gantry.contracts.rpc.WaitUpdate;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.Reply;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waiting for a container to end. From API 1.30 on the head goes out as soon as the waiter is registered, without a body: the CLI
 * sends start only when it has that head, so answering at the exit alone would be a deadlock.
 */
public final class Wait {
    private final Backends backends;

    public Wait(Backends backends) {
        this.backends = backends;
    }

    public void serve(Call call, Reply reply) throws IOException, InterruptedException {
        var request = WaitContainer.newBuilder()
                .setReference(call.name())
                .setCondition(condition(call))
                .build();
        BlockingClientCall<?, WaitUpdate> updates =
                ContainersGrpc.newBlockingV2Stub(backends.scheduler()).wait(request);
        reply.whenGone(() -> updates.cancel("the client is gone", null));
        try {
            var first = ask(Asking.SCHEDULER, () -> registered(updates));
            if (call.before(30)) {
                reply.answer(Answer.object(200, waited(exited(updates, first))));
            } else {
                answerLater(reply, updates, first);
            }
        } finally {
            updates.cancel("answered", null);
        }
    }

    private static void answerLater(Reply reply, BlockingClientCall<?, WaitUpdate> updates, WaitUpdate first)
            throws IOException, InterruptedException {
        var out = reply.begin(200, "application/json");
        var answer = DockerJson.writeText(waited(exited(updates, first))) + "\n";
        out.write(answer.getBytes(StandardCharsets.UTF_8));
        out.close();
    }

    private static String condition(Call call) {
        var condition = call.before(30) ? "" : call.query().text("condition");
        return switch (condition) {
            case "" -> "not-running";
            case "not-running", "next-exit", "removed" -> condition;
            default -> throw ErrorCode.INVALID_CONDITION.with(condition);
        };
    }

    private static WaitUpdate registered(BlockingClientCall<?, WaitUpdate> updates)
            throws StatusException, InterruptedException {
        try {
            return present(updates.read(Asking.QUERY.toSeconds(), TimeUnit.SECONDS));
        } catch (TimeoutException late) {
            throw ErrorCode.TIMED_OUT.with(Asking.SCHEDULER).causedBy(late);
        }
    }

    private static WaitUpdate.Exited exited(BlockingClientCall<?, WaitUpdate> updates, WaitUpdate first)
            throws InterruptedException {
        return ask(Asking.SCHEDULER, () -> {
            var update = first;
            while (!update.hasExited()) {
                update = present(updates.read());
            }
            return update.getExited();
        });
    }

    private static WaitUpdate present(@org.jspecify.annotations.Nullable WaitUpdate update) {
        if (update == null) {
            throw ErrorCode.INTERNAL.with(Asking.SCHEDULER + " ended a wait without its answer");
        }
        return update;
    }

    private static ContainerWaited waited(WaitUpdate.Exited exited) {
        return new ContainerWaited(
                exited.getStatusCode(), exited.getError().isEmpty() ? null : new WaitError(exited.getError()));
    }
}
