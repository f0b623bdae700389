package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.askNode;
import static dev.gantry.gateway.backend.Asking.within;

import dev.gantry.contracts.docker.container.ContainerTop;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.ProcessQuery;
import dev.gantry.contracts.rpc.ProcessTable;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import java.util.List;
import java.util.Map;

/** The processes of a container, as {@code ps} of its node shows them. */
public final class Top {
    private final Backends backends;
    private final Notes notes;

    public Top(Backends backends) {
        this.backends = backends;
        this.notes = new Notes(backends);
    }

    public Answer list(Call call) throws InterruptedException {
        var container = Located.container(backends, call.name());
        refuseInactive(container);
        var query = ProcessQuery.newBuilder()
                .setContainer(container.getId())
                .setArguments(call.query().text("ps_args"))
                .build();
        var table = askNode(
                container,
                () -> within(Asking.QUERY, AgentGrpc.newBlockingStub(backends.agent(container)))
                        .processes(query));
        notes.take(container, "top", Map.of());
        return Answer.object(200, document(table));
    }

    private static void refuseInactive(ContainerLocation container) {
        switch (container.getState()) {
            case "running", "paused" -> {}
            case "restarting" ->
                throw ErrorCode.CONFLICT.with(
                        "Container " + container.getId() + " is restarting, wait until the container is running");
            default -> throw ErrorCode.NOT_RUNNING.with(container.getId());
        }
    }

    private static ContainerTop document(ProcessTable table) {
        var processes = table.getProcessesList().stream()
                .map(process -> List.<String>copyOf(process.getFieldsList()))
                .toList();
        return new ContainerTop(processes, List.copyOf(table.getTitlesList()));
    }
}
