package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.askNode;
import static dev.gantry.gateway.backend.Asking.within;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.ResizeTerminal;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import java.util.Map;

/** Terminals get the size of the window they are shown in. What has no terminal takes any size, as long as it runs. */
public final class Resize {
    private final Backends backends;
    private final Notes notes;

    public Resize(Backends backends) {
        this.backends = backends;
        this.notes = new Notes(backends);
    }

    private record Size(int height, int width) {
        static Size of(Call call) {
            return new Size(side(call, "height", "h"), side(call, "width", "w"));
        }

        private static int side(Call call, String what, String key) {
            var side = call.query().unsigned(key);
            if (side.isEmpty()) {
                throw ErrorCode.INVALID_RESIZE.with(what, call.query().text(key));
            }
            return (int) Math.min(side.getAsLong(), Integer.MAX_VALUE);
        }
    }

    public Answer container(Call call) throws InterruptedException {
        var size = Size.of(call);
        var container = Located.container(backends, call.name());
        if (!container.getState().equals("running") && !container.getState().equals("paused")) {
            throw ErrorCode.NOT_RUNNING.with(container.getId());
        }
        if (container.getTty()) {
            resize(container, "", size);
        }
        notes.take(
                container,
                "resize",
                Map.of("height", Integer.toString(size.height()), "width", Integer.toString(size.width())));
        return new Answer.Bare(200);
    }

    public Answer exec(Call call) throws InterruptedException {
        var size = Size.of(call);
        var container = Located.exec(backends, call.name());
        if (Execs.state(backends, container, call.name()).getConfig().getTty()) {
            resize(container, call.name(), size);
        }
        return new Answer.Bare(200);
    }

    private void resize(ContainerLocation container, String exec, Size size) throws InterruptedException {
        var request = ResizeTerminal.newBuilder()
                .setContainer(container.getId())
                .setExec(exec)
                .setHeight(size.height())
                .setWidth(size.width())
                .build();
        askNode(
                container,
                () -> within(Asking.QUERY, AgentGrpc.newBlockingStub(backends.agent(container)))
                        .resize(request));
    }
}
