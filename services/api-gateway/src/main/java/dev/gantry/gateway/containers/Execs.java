package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.askNode;
import static dev.gantry.gateway.backend.Asking.within;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.IdResponse;
import dev.gantry.contracts.docker.container.ExecConfig;
import dev.gantry.contracts.docker.container.ExecInspect;
import dev.gantry.contracts.docker.container.ExecProcess;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.ExecQuery;
import dev.gantry.contracts.rpc.ExecState;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import java.util.Base64;

/** Making execs and looking at them; the node's agent keeps them. */
public final class Execs {
    private final Backends backends;

    public Execs(Backends backends) {
        this.backends = backends;
    }

    public Answer create(Call call) throws InterruptedException {
        var config = DockerJson.read(json(call), ExecConfig.class);
        if (config.cmd().isEmpty()) {
            throw ErrorCode.NO_EXEC_COMMAND.with();
        }
        checkKeys(config.detachKeys());
        var container = Located.container(backends, call.name());
        refuseInactive(call.name(), container);
        var request = request(call, config, container);
        var created = askNode(
                container,
                () -> within(Asking.CHANGE, AgentGrpc.newBlockingStub(backends.agent(container)))
                        .createExec(request));
        return Answer.object(201, new IdResponse(created.getExec()));
    }

    /** A body of no bytes is an object without fields. */
    private static byte[] json(Call call) {
        var json = call.json();
        return json.length == 0 ? new byte[] {'{', '}'} : json;
    }

    private static void checkKeys(String keys) {
        if (DetachKeys.parse(keys).isEmpty()) {
            throw ErrorCode.INVALID_PARAMETER.with("Invalid escape keys (" + keys + ") provided");
        }
    }

    /** The agent knows better a moment later; it is asked after this. */
    private static void refuseInactive(String reference, ContainerLocation container) {
        switch (container.getState()) {
            case "running" -> {}
            case "paused" -> throw ErrorCode.PAUSED_EXEC.with(reference);
            case "restarting" ->
                throw ErrorCode.CONFLICT.with(
                        "Container " + reference + " is restarting, wait until the container is running");
            default -> throw ErrorCode.NOT_RUNNING.with(container.getId());
        }
    }

    private static CreateExecRequest request(Call call, ExecConfig config, ContainerLocation container) {
        var request = CreateExecRequest.newBuilder()
                .setContainer(container.getId())
                .addAllCommand(config.cmd())
                .addAllEnv(Empty.ifNull(config.env()))
                .setUser(config.user())
                .setWorkingDir(config.workingDir())
                .setPrivileged(config.privileged())
                .setTty(config.tty())
                .setStdin(config.attachStdin())
                .setStdout(config.attachStdout())
                .setStderr(config.attachStderr())
                .setDetachKeys(config.detachKeys());
        if (config.tty() && config.consoleSize() != null && !call.before(42)) {
            request.setHeight(config.consoleSize().height())
                    .setWidth(config.consoleSize().width());
        }
        return request.build();
    }

    public Answer inspect(Call call) throws InterruptedException {
        var container = Located.exec(backends, call.name());
        return Answer.object(200, document(state(backends, container, call.name())));
    }

    /** @throws GantryException NO_SUCH_EXEC */
    static ExecState state(Backends backends, ContainerLocation container, String exec) throws InterruptedException {
        var query = ExecQuery.newBuilder().setExec(exec).build();
        return askNode(
                container,
                () -> within(Asking.QUERY, AgentGrpc.newBlockingStub(backends.agent(container)))
                        .inspectExec(query));
    }

    private static ExecInspect document(ExecState state) {
        var config = state.getConfig();
        var command = config.getCommandList();
        var process = new ExecProcess(
                config.getTty(),
                command.isEmpty() ? "" : command.getFirst(),
                command.stream().skip(1).toList(),
                config.getPrivileged(),
                config.getUser());
        return new ExecInspect(
                state.getExec(),
                state.getRunning(),
                state.hasExitCode() ? state.getExitCode() : null,
                process,
                config.getStdin(),
                config.getStderr(),
                config.getStdout(),
                state.getCanRemove(),
                state.getContainer(),
                base64(config.getDetachKeys()),
                state.getPid());
    }

    /** No keys named are no keys here, whatever the default is. */
    private static String base64(String keys) {
        var bytes = keys.isEmpty()
                ? ByteString.EMPTY
                : DetachKeys.parse(keys).map(DetachKeys::bytes).orElse(ByteString.EMPTY);
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
