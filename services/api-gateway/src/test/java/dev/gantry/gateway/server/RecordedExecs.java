package dev.gantry.gateway.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.ExecState;
import dev.gantry.contracts.rpc.ProcessTable;
import dev.gantry.gateway.testing.Engine;
import java.util.Optional;

/** Gives the fake agent what the engine of a recording had: its execs and its refusals. */
final class RecordedExecs {
    private static final int CONTAINER_DIGITS = 24;
    private static final int ID_DIGITS = 64;

    private RecordedExecs() {}

    /** @param failure what the agent says where the engine answered with an error */
    static void layReady(Engine engine, Exchange exchange, GantryException failure) {
        var failed = exchange.status() >= 400;
        var last = exchange.path().split("/", -1)[2];
        engine.services.locate(location(last, failed));
        engine.agent.refusal = Optional.empty();
        engine.agent.readyAtOnce = true;
        if (exchange.path().endsWith("/top")) {
            engine.agent.processes = processes(exchange.response().json());
        } else if (exchange.path().endsWith("/exec")) {
            engine.agent.nextExec = exchange.response().json().path("Id").asText();
        } else {
            engine.agent.exec(state(last, exchange));
        }
        if (failed) {
            engine.agent.refusal = Optional.of(failure);
        }
    }

    private static ProcessTable processes(JsonNode json) {
        var table = ProcessTable.newBuilder();
        json.path("Titles").forEach(title -> table.addTitles(title.asText()));
        json.path("Processes").forEach(process -> {
            var row = table.addProcessesBuilder();
            process.forEach(field -> row.addFields(field.asText()));
        });
        return table.build();
    }

    /** An exec's container has its first digits; only a terminal's agent is asked for its size. */
    static ContainerLocation location(String id, boolean tty) {
        var digits = id.length() == ID_DIGITS ? id.substring(0, CONTAINER_DIGITS) : "";
        return ContainerLocation.newBuilder()
                .setId(digits + "c".repeat(ID_DIGITS - digits.length()))
                .setName("c1")
                .setNode("n1")
                .setState("running")
                .setOpenStdin(true)
                .setTty(tty)
                .build();
    }

    static ExecState state(String id, Exchange exchange) {
        var json = exchange.response().json();
        var state = ExecState.newBuilder()
                .setExec(id)
                .setContainer(json.path("ContainerID").asText())
                .setRunning(json.path("Running").asBoolean())
                .setPid(json.path("Pid").asInt())
                .setConfig(config(json, exchange.request().json()));
        if (json.path("ExitCode").isInt()) {
            state.setExitCode(json.path("ExitCode").asInt());
        }
        return state.build();
    }

    private static CreateExecRequest config(JsonNode inspect, JsonNode start) {
        var process = inspect.path("ProcessConfig");
        var config = CreateExecRequest.newBuilder()
                .addCommand(process.path("entrypoint").asText())
                .setTty(process.path("tty").asBoolean() || start.path("Tty").asBoolean())
                .setPrivileged(process.path("privileged").asBoolean())
                .setUser(process.path("user").asText())
                .setStdin(inspect.path("OpenStdin").asBoolean(true))
                .setStdout(inspect.path("OpenStdout").asBoolean())
                .setStderr(inspect.path("OpenStderr").asBoolean());
        process.path("arguments").forEach(argument -> config.addCommand(argument.asText()));
        return config.build();
    }
}
