package dev.gantry.agent.journal;

import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.UpdateOrder;

/** One step in a container's life on this host, in the order in which they happened. */
public sealed interface Entry {
    /** An order was taken up; written before its first effect. */
    record Accepted(Order order) implements Entry {}

    /** The process exists and waits for its go; written before the go, so that a process that runs is always known. */
    record Launched(LaunchedProcess process) implements Entry {}

    /** The launched process never ran its program: a start that failed or was cut off. */
    record Undone() implements Entry {}

    /** The order of that generation came to its end. */
    record Answered(Outcome outcome) implements Entry {}

    /** A fact for the scheduler, with the container's next sequence. */
    record Observed(Observation observation) implements Entry {}

    /** What the last run made (mounts, cgroup, network namespace) is given back. */
    record Cleaned() implements Entry {}

    /** The scheduler has committed everything up to this sequence. */
    record Acknowledged(long sequence) implements Entry {}

    /** Everything of the container but this journal is gone. */
    record Released(long atMillis) implements Entry {}

    /** A further process is to be run some time. */
    record ExecCreated(String id, CreateExecRequest request, long at) implements Entry {}

    /** It exists and waits for its go; its end is the observation that tells of it. */
    record ExecLaunched(String id, ExecRecord.Launched process) implements Entry {}

    /** It could not be started. */
    record ExecFailed(String id, int exitCode, long at) implements Entry {}

    /** Its next run is made with this. */
    record Updated(UpdateOrder order) implements Entry {}

    /** The host has booted: of what was written before, the end may be missing, while the scheduler has heard of it. */
    record Rebooted() implements Entry {}

    /** All entries before, added up: where a journal begins that was grown too long. */
    record Snapshot(ContainerState state) implements Entry {}
}
