package dev.gantry.agent.exec;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.journal.EpochNanos;
import dev.gantry.agent.journal.ExecRecord;
import dev.gantry.agent.observe.Observations;
import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.linux.launch.Exit;

/** Tells the scheduler what happens to execs. */
record ExecFacts(Observations observations) {
    void created(Container container, String id, CreateExecRequest request) {
        tell(
                container,
                fact(container)
                        .setExecCreated(
                                Observation.ExecCreated.newBuilder().setExec(id).setCommand(command(request))));
    }

    void started(Container container, ExecRecord exec) {
        tell(
                container,
                fact(container)
                        .setExecStarted(Observation.ExecStarted.newBuilder()
                                .setExec(exec.id())
                                .setCommand(command(exec.request()))));
    }

    /** It could not be started, which no event of Docker's tells. */
    void failed(Container container, String id) {
        tell(
                container,
                fact(container)
                        .setExecFailed(Observation.ExecFailed.newBuilder().setExec(id)));
    }

    /** Also writes its end down: one entry of the journal is both. */
    void died(Container container, String id, Exit exit) {
        tell(
                container,
                fact(container)
                        .setExecDied(
                                Observation.ExecDied.newBuilder().setExec(id).setExitCode(exit.dockerCode())));
    }

    private void tell(Container container, Observation.Builder fact) {
        observations.tell(container, fact);
    }

    private static String command(CreateExecRequest request) {
        return String.join(" ", request.getCommandList());
    }

    private static Observation.Builder fact(Container container) {
        var process = container.journal().state().process();
        return Observation.newBuilder()
                .setContainer(container.id())
                .setGeneration(process.map(p -> p.generation()).orElse(0L))
                .setRun(process.map(p -> p.run()).orElse(0L))
                .setAt(EpochNanos.now());
    }
}
