package dev.gantry.agent.adopt;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.exec.Execs;
import dev.gantry.agent.journal.ContainerState;
import dev.gantry.agent.journal.Entry;
import dev.gantry.agent.journal.EpochNanos;
import dev.gantry.agent.journal.LaunchedProcess;
import dev.gantry.agent.monitor.Runs;
import dev.gantry.agent.network.ContainerNetworks;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.linux.cgroup.CgroupException;
import dev.gantry.linux.cgroup.Cgroups;
import dev.gantry.linux.cgroup.ContainerCgroup;
import dev.gantry.linux.launch.Adopted;
import dev.gantry.linux.launch.Exit;
import dev.gantry.linux.launch.LaunchedContainer;
import dev.gantry.linux.launch.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.jboss.logging.Logger;

/** Reconciles journals with the kernel, once, before any order is taken. */
public final class Adoption {
    private static final Logger LOG = Logger.getLogger(Adoption.class);

    private static final int NOT_EXECUTED = 127;

    private final Containers containers;
    private final Runs runs;
    private final Execs execs;
    private final Launcher launcher;
    private final Cgroups cgroups;
    private final ContainerNetworks networks;
    private final String bootId;

    public Adoption(
            Containers containers,
            Runs runs,
            Execs execs,
            Launcher launcher,
            Cgroups cgroups,
            ContainerNetworks networks,
            String bootId) {
        this.containers = containers;
        this.runs = runs;
        this.execs = execs;
        this.launcher = launcher;
        this.cgroups = cgroups;
        this.networks = networks;
        this.bootId = bootId;
    }

    /** Afterwards every container either runs and is watched, or has its end in the journal and nothing in the kernel. */
    public void run() {
        for (var container : containers.all()) {
            try {
                execs.adopt(container); // their ends are told of before their container's
                settle(container, container.journal().state());
            } catch (RuntimeException e) {
                LOG.errorf(e, "container %s could not be taken over", container.id());
            }
        }
        removeStrayGroups();
        adoptNetworks();
    }

    private void adoptNetworks() {
        var plans = new HashMap<String, NetworkPlan>();
        for (var container : containers.all()) {
            var state = container.journal().state();
            if (state.running()) {
                state.start()
                        .map(order -> order.getStart().getNetwork())
                        .filter(plan -> plan.getMode() == NetworkPlan.Mode.BRIDGED)
                        .ifPresent(plan -> plans.put(container.id(), plan));
            }
        }
        networks.adopt(plans);
        for (var container : containers.all()) {
            // one whose end was cleaned up before this adoption
            if (plans.containsKey(container.id())
                    && !container.journal().state().running()) {
                networks.leave(container.id());
            }
        }
    }

    private void settle(Container container, ContainerState state) {
        if (state.running()) {
            state.process().ifPresent(process -> takeOver(container, state, process));
        } else if (!state.cleaned()) {
            // a start that was cut off before its process existed, or an end whose cleaning was
            state.process().ifPresent(this::letGo);
            runs.cleanUp(container);
        }
    }

    /** The end was written down, but its monitor may not have been told that it may go. */
    private void letGo(LaunchedProcess process) {
        if (process.bootId().equals(bootId) && launcher.adopt(process.kernel()) instanceof Adopted.Running(var ended)) {
            ended.close();
        }
    }

    private void takeOver(Container container, ContainerState state, LaunchedProcess process) {
        var unfinished = state.restart().launching()
                || (state.outcome().isEmpty()
                        && state.order()
                                .filter(order -> order.getGeneration() == process.generation())
                                .isPresent());
        var found = process.bootId().equals(bootId)
                ? launcher.adopt(process.kernel())
                : new Adopted.Ended(new Exit.Unknown());
        switch (found) {
            case Adopted.Running(var running)
            when unfinished && !went(container, running) -> {
                runs.discard(running);
                undo(container);
            }
            case Adopted.Running(var running) -> {
                confirm(container, state, process, unfinished);
                runs.watch(container, process, running);
                LOG.infof("container %s run %d: taken over", container.id(), process.run());
            }
            case Adopted.Ended(var exit) when unfinished && !went(container, exit) -> undo(container);
            case Adopted.Ended(var exit) -> {
                confirm(container, state, process, unfinished);
                var _ = runs.ended(container, process.run(), process.generation(), exit);
                runs.cleanUp(container);
            }
        }
    }

    /** The agent was killed between the journal entry and its answer: the container runs, so the start has succeeded. */
    private void confirm(Container container, ContainerState state, LaunchedProcess process, boolean unfinished) {
        if (unfinished) {
            if (state.unacknowledged().stream().noneMatch(o -> isStart(o, process))) {
                runs.started(container, process);
            }
            container
                    .journal()
                    .append(new Entry.Answered(Outcome.newBuilder()
                            .setGeneration(process.generation())
                            .setRun(process.run())
                            .setRunning(Outcome.Running.newBuilder()
                                    .setPid(process.pid())
                                    .setStartedAt(process.startedAt()))
                            .build()));
        }
    }

    private static boolean isStart(Observation observation, LaunchedProcess process) {
        return observation.hasStarted() && observation.getRun() == process.run();
    }

    /** With no outcome journalled the order begins anew when it is repeated; a restart of the agent's own is due again. */
    private void undo(Container container) {
        container.spool().end(container.journal().state().run(), EpochNanos.now());
        container.journal().append(new Entry.Undone());
        runs.cleanUp(container);
        LOG.infof("container %s: a start that was cut off is undone", container.id());
    }

    /** Whether the process is, or was, the container's program; before, it is a memory file of libs/linux. */
    private static boolean went(Container container, LaunchedContainer process) {
        var exit = process.exit();
        if (exit.isPresent()) {
            return went(container, exit.get());
        }
        try {
            var program = Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/exe"));
            return !program.toString().startsWith("/memfd:");
        } catch (IOException e) {
            return false; // it ends at this moment, as one does that never got the word to go
        }
    }

    /** One that never got the word to go, and one that could not be executed, ends with this code and without a word. */
    private static boolean went(Container container, Exit exit) {
        return !exit.equals(new Exit.Code(NOT_EXECUTED)) || container.spool().wroteInLastRun();
    }

    private void removeStrayGroups() {
        for (var id : cgroups.list()) {
            if (containers.find(id).flatMap(Container::run).isEmpty()) {
                try {
                    cgroups.find(id).ifPresent(ContainerCgroup::killAll);
                    cgroups.remove(id);
                    LOG.infof("cgroup of %s belonged to no container and is removed", id);
                } catch (CgroupException e) {
                    LOG.errorf("left behind: %s", e.getMessage());
                }
            }
        }
    }
}
