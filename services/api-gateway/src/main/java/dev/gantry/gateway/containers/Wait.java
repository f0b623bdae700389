package dev.gantry.gateway.containers;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerWaited;
import dev.gantry.contracts.docker.container.WaitError;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.WaitUpdate;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.Reply;
import dev.gantry.gateway.backend.Backends;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

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
        var waiting = new Waiting(backends, call.name(), condition(call));
        reply.whenGone(waiting::end);
        try {
            var first = waiting.register();
            if (call.before(30)) {
                reply.answer(Answer.object(200, waited(waiting.exited(first))));
            } else {
                var out = reply.begin(200, "application/json");
                var answer = DockerJson.writeText(waited(waiting.exited(first))) + "\n";
                out.write(answer.getBytes(StandardCharsets.UTF_8));
                out.close();
            }
        } finally {
            waiting.end();
        }
    }

    private static String condition(Call call) {
        var condition = call.before(30) ? "" : call.query().text("condition");
        return switch (condition) {
            case "" -> "not-running";
            case "not-running", "next-exit", "removed" -> condition;
            default -> throw ErrorCode.INVALID_CONDITION.with(condition);
        };
    }

    private static ContainerWaited waited(WaitUpdate.Exited exited) {
        return new ContainerWaited(
                exited.getStatusCode(), exited.getError().isEmpty() ? null : new WaitError(exited.getError()));
    }
}
