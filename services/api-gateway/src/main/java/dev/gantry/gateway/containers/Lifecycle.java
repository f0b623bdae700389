package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.ask;
import static dev.gantry.gateway.backend.Asking.within;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.ContainersGrpc.ContainersBlockingStub;
import dev.gantry.contracts.rpc.KillContainer;
import dev.gantry.contracts.rpc.PauseContainer;
import dev.gantry.contracts.rpc.StartContainer;
import dev.gantry.contracts.rpc.StopContainer;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import java.time.Duration;

/** Starting and ending containers. A client that leaves does not take its order back. */
public final class Lifecycle {
    /** What the engine lets pass as an empty object; a longer body is the host config that API 1.24 dropped. */
    private static final int LARGEST_IGNORED_BODY = 7;

    private final Backends backends;

    public Lifecycle(Backends backends) {
        this.backends = backends;
    }

    public Answer start(Call call) throws InterruptedException {
        if (call.bodyLength() > LARGEST_IGNORED_BODY || call.bodyLength() < 0) {
            throw ErrorCode.START_WITH_BODY.with();
        }
        var request = StartContainer.newBuilder().setReference(call.name()).build();
        return Answer.changed(
                ask(Asking.SCHEDULER, () -> scheduler(Asking.CHANGE).start(request)));
    }

    public Answer stop(Call call) throws InterruptedException {
        var request = stopOrder(call);
        return Answer.changed(
                ask(Asking.SCHEDULER, () -> scheduler(patience(request)).stop(request)));
    }

    public Answer restart(Call call) throws InterruptedException {
        var request = stopOrder(call);
        ask(Asking.SCHEDULER, () -> scheduler(patience(request)).restart(request));
        return Answer.noContent();
    }

    public Answer kill(Call call) throws InterruptedException {
        var request = KillContainer.newBuilder()
                .setReference(call.name())
                .setSignal(call.query().text("signal"))
                .build();
        ask(Asking.SCHEDULER, () -> scheduler(Asking.CHANGE).kill(request));
        return Answer.noContent();
    }

    public Answer pause(Call call) throws InterruptedException {
        ask(Asking.SCHEDULER, () -> scheduler(Asking.CHANGE).pause(named(call)));
        return Answer.noContent();
    }

    public Answer unpause(Call call) throws InterruptedException {
        ask(Asking.SCHEDULER, () -> scheduler(Asking.CHANGE).unpause(named(call)));
        return Answer.noContent();
    }

    private static PauseContainer named(Call call) {
        return PauseContainer.newBuilder().setReference(call.name()).build();
    }

    private static StopContainer stopOrder(Call call) {
        var order = StopContainer.newBuilder()
                .setReference(call.name())
                .setSignal(call.before(42) ? "" : call.query().text("signal"));
        call.query().integer("t").ifPresent(order::setTimeoutSeconds);
        return order.build();
    }

    private static Duration patience(StopContainer order) {
        return order.hasTimeoutSeconds() && order.getTimeoutSeconds() >= 0
                ? Asking.CHANGE.plusSeconds(order.getTimeoutSeconds())
                : Asking.PATIENT;
    }

    private ContainersBlockingStub scheduler(Duration deadline) {
        return within(deadline, ContainersGrpc.newBlockingStub(backends.scheduler()));
    }
}
