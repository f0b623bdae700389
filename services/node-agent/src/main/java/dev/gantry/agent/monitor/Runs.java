package dev.gantry.agent.monitor;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Run;
import dev.gantry.agent.journal.Entry;
import dev.gantry.agent.journal.EpochNanos;
import dev.gantry.agent.journal.LaunchedProcess;
import dev.gantry.agent.network.ContainerNetworks;
import dev.gantry.agent.observe.Observations;
import dev.gantry.agent.output.Outputs;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.cgroup.CgroupException;
import dev.gantry.linux.cgroup.Cgroups;
import dev.gantry.linux.cgroup.ContainerCgroup;
import dev.gantry.linux.launch.Exit;
import dev.gantry.linux.launch.LaunchedContainer;
import dev.gantry.linux.netlink.NetlinkException;
import dev.gantry.linux.process.EpollLoop;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The runs that are on, from their start or adoption to the journalled end. */
public final class Runs implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Runs.class);

    /** Output that cannot be spooled for so long (a full disk) does not hold up the news of an exit any longer. */
    private static final int DRAIN_SECONDS = 10;

    private static final int EXEC_SECONDS = 5;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int SIGKILL = 9;

    /** Docker's code for what did not survive its host. */
    private static final int LOST = 255;

    private final EpollLoop loop;
    private final Outputs outputs;
    private final Cgroups cgroups;
    private final ContainerNetworks networks;
    private final Observations observations;
    private final OutOfMemory oom;
    private final Sequel sequel;
    private final ExecutorService endings = Executors.newVirtualThreadPerTaskExecutor();

    public Runs(
            Kernel kernel,
            EpollLoop loop,
            Outputs outputs,
            Cgroups cgroups,
            ContainerNetworks networks,
            Observations observations,
            Sequel sequel) {
        this.loop = loop;
        this.oom = new OutOfMemory(kernel, loop, cgroups);
        this.outputs = outputs;
        this.cgroups = cgroups;
        this.networks = networks;
        this.observations = observations;
        this.sequel = sequel;
    }

    /** Spools its output, opens its input and waits for its end. To be called once its start is journalled. */
    public Run watch(Container container, LaunchedProcess launched, LaunchedContainer process) {
        var run = new Run(launched.run(), launched.generation(), process, outputs.spool(process, container.spool()));
        container.run(Optional.of(run));
        container.stdin().open(process);
        if (launched.memoryLimited()) {
            oom.watch(
                    container.id(),
                    () -> publish(
                            container,
                            fact(container, run.number(), run.generation())
                                    .setOom(Observation.Oom.getDefaultInstance())));
        }
        awaitExit(process, process.exitReady(), exit -> end(container, run, exit));
        return run;
    }

    /** Ends a process that never ran its program, and returns when nothing of it is left. */
    public void discard(LaunchedContainer process) {
        process.signal(SIGKILL);
        var ended = new CompletableFuture<Exit>();
        awaitExit(process, process.exitReady(), ended::complete);
        ended.join();
        process.close();
    }

    private void awaitExit(LaunchedContainer process, Fd ready, Consumer<Exit> then) {
        var known = process.exit();
        if (known.isPresent()) { // told to an agent that is gone: nothing more comes by the descriptor
            endings.execute(() -> then.accept(known.get()));
            return;
        }
        var _ = loop.watch(ready, EpollLoop.IN, (watch, _) -> {
            watch.close();
            endings.execute(() -> process.exit().ifPresentOrElse(then, () -> askAgain(process, ready, then)));
        });
    }

    /** The monitor was killed and told nothing: now the process itself is watched, whose end nobody may have seen. */
    private void askAgain(LaunchedContainer process, Fd asked, Consumer<Exit> then) {
        if (process.exitReady() == asked) {
            then.accept(new Exit.Unknown());
        } else {
            awaitExit(process, process.exitReady(), then);
        }
    }

    private void end(Container container, Run run, Exit exit) {
        container.stdin().end();
        drain(container, run);
        awaitExecs(container);
        var again = reportAtLast(container, run, exit);
        run.close();
        cleanUp(container);
        container.run(Optional.empty());
        run.ended().complete(null);
        if (again) {
            sequel.begin(container);
        }
    }

    /** They ended with their container, and are told of before it. */
    private static void awaitExecs(Container container) {
        try {
            CompletableFuture.allOf(container.execs().values().toArray(CompletableFuture[]::new))
                    .get(EXEC_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.errorf("container %s: the ends of its execs are not recorded: %s", container.id(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An end that cannot be written down, say on a full disk, is not forgotten: it is tried until it can. */
    private boolean reportAtLast(Container container, Run run, Exit exit) {
        while (true) {
            try {
                return ended(container, run.number(), run.generation(), exit);
            } catch (RuntimeException e) {
                LOG.errorf("container %s run %d: its end cannot be recorded: %s", container.id(), run.number(), e);
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    /** Records an end. @return whether it is announced to be started again */
    public boolean ended(Container container, long run, long generation, Exit exit) {
        var again = sequel.follows(container, exit.dockerCode());
        report(container, run, generation, exit, again);
        return again;
    }

    /** Records the end of what is not to be started again. */
    public void report(Container container, long run, long generation, Exit exit) {
        report(container, run, generation, exit, false);
    }

    /** In this order: readers see the end of the output before anybody sees the exit. */
    private void report(Container container, long run, long generation, Exit exit, boolean again) {
        container.spool().end(run, EpochNanos.now());
        oom.end(container.id()); // one that came with the end is told before it
        var killed = cgroups.find(container.id()).map(ContainerCgroup::oomKills).orElse(0L) > 0;
        var exited = Observation.Exited.newBuilder()
                .setExitCode(exit.dockerCode())
                .setOomKilled(killed)
                .setRestarting(again)
                .setError(
                        switch (exit) {
                            case Exit.Code _ -> "";
                            case Exit.Signal _ -> "";
                            case Exit.Unknown _ -> "exit status unknown: the monitor was killed while no agent ran";
                        });
        publish(container, fact(container, run, generation).setExited(exited));
        LOG.infof("container %s run %d exited with %d", container.id(), run, exit.dockerCode());
    }

    /**
     * The first agent after a boot of the host, before anything else. What a journal has lost the scheduler may know: a run that it
     * believes in, and that nobody here has heard of, has ended too. Of one whose end it knows this tells nothing new.
     */
    public void afterBoot(Container container) {
        var state = container.journal().state();
        container.journal().append(new Entry.Rebooted());
        if (!state.running()
                && !state.released()
                && !state.restart().due()
                && state.start().isPresent()) {
            publish(
                    container,
                    last(container)
                            .setExited(Observation.Exited.newBuilder()
                                    .setExitCode(LOST)
                                    .setHostBooted(true)));
        }
    }

    /** A restart that was announced failed before the program ran. */
    public void notStarted(Container container, int exitCode, String why, boolean again) {
        publish(
                container,
                last(container)
                        .setExited(Observation.Exited.newBuilder()
                                .setExitCode(exitCode)
                                .setError(why)
                                .setRestarting(again)
                                .setNotStarted(true)));
    }

    /** A restart that was announced will not come. */
    public void restartGivenUp(Container container) {
        publish(container, last(container).setRestartGivenUp(Observation.RestartGivenUp.getDefaultInstance()));
    }

    private static Observation.Builder last(Container container) {
        var process = container.journal().state().process();
        return fact(
                container,
                process.map(LaunchedProcess::run).orElse(0L),
                process.map(LaunchedProcess::generation).orElse(0L));
    }

    public void started(Container container, LaunchedProcess launched) {
        publish(
                container,
                fact(container, launched.run(), launched.generation())
                        .setAt(launched.startedAt())
                        .setStarted(Observation.Started.newBuilder().setPid(launched.pid())));
    }

    /** Gives back what a run used; its files stay. */
    public void cleanUp(Container container) {
        try {
            networks.leave(container.id());
            cgroups.remove(container.id());
            container.journal().append(new Entry.Cleaned());
        } catch (CgroupException | NetlinkException | UncheckedIOException e) {
            LOG.errorf("container %s: left behind: %s", container.id(), e.getMessage());
        }
    }

    private void publish(Container container, Observation.Builder fact) {
        observations.tell(container, fact);
    }

    private static Observation.Builder fact(Container container, long run, long generation) {
        return Observation.newBuilder()
                .setContainer(container.id())
                .setGeneration(generation)
                .setRun(run)
                .setAt(EpochNanos.now());
    }

    private static void drain(Container container, Run run) {
        try {
            run.drained().get(DRAIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.errorf("container %s run %d: output not spooled in time: %s", container.id(), run.number(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        endings.shutdown();
    }
}
