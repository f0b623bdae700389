package dev.gantry.agent.exec;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.container.Run;
import dev.gantry.agent.journal.Entry;
import dev.gantry.agent.journal.EpochNanos;
import dev.gantry.agent.journal.ExecRecord;
import dev.gantry.agent.observe.Observations;
import dev.gantry.agent.orders.Host;
import dev.gantry.agent.output.ByteSink;
import dev.gantry.agent.output.Stdin;
import dev.gantry.agent.output.Stream;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.ExecOpen;
import dev.gantry.contracts.rpc.ExecState;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.launch.Exit;
import dev.gantry.linux.launch.LaunchFailure;
import dev.gantry.linux.launch.LaunchedExec;
import dev.gantry.linux.launch.Stdio;
import dev.gantry.linux.process.EpollLoop;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** All execs of this host: made, started, looked at, ended. */
public final class Execs implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Execs.class);

    /** That were made and have not ended, of one container. */
    private static final int LIVE_LIMIT = 1_000;

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** A client may ask for a size before the process is there. */
    private static final int RESIZE_SECONDS = 10;

    private static final int NOT_INVOKED = 126;
    private static final int NOT_FOUND = 127;

    private final Kernel kernel;
    private final Containers containers;
    private final Host host;
    private final Observations observations;
    private final EpollLoop exits;
    private final EpollLoop streams;
    private final ExecLauncher launcher;
    private final Map<String, LiveExec> live = new ConcurrentHashMap<>();

    /** Apart from the orders' threads: a container that is stopped in its tracks may hold one up. */
    private final ExecutorService launches = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("exec-", 0).factory());

    private final ExecutorService endings = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param exits watches processes
     * @param streams watches pipes
     */
    public Execs(
            Kernel kernel,
            Containers containers,
            Host host,
            Observations observations,
            EpollLoop exits,
            EpollLoop streams) {
        this.kernel = kernel;
        this.containers = containers;
        this.host = host;
        this.observations = observations;
        this.exits = exits;
        this.streams = streams;
        this.launcher = new ExecLauncher(kernel, host);
    }

    /**
     * Notes a process to be run.
     *
     * @return its id
     * @throws GantryException NOT_RUNNING, NO_EXEC_COMMAND, INVALID_PARAMETER for a user that is not there, CONFLICT when there are too many
     */
    public String create(CreateExecRequest request) {
        var container = container(request.getContainer());
        if (request.getCommandList().isEmpty()) {
            throw ErrorCode.NO_EXEC_COMMAND.with();
        }
        var run = running(container);
        if (!request.getUser().isEmpty()) {
            checkUser(container, run, request);
        }
        var id = ExecId.next(container.id());
        synchronized (live) { // counted and added as one
            refuseTooMany(container);
            container.journal().append(new Entry.ExecCreated(id, request, EpochNanos.now()));
        }
        publish(
                container,
                fact(container)
                        .setExecCreated(Observation.ExecCreated.newBuilder()
                                .setExec(id)
                                .setCommand(String.join(" ", request.getCommandList()))));
        return id;
    }

    private void checkUser(Container container, Run run, CreateExecRequest request) {
        try {
            onThread(() -> {
                launcher.checkUser(container, run, request);
                return id(container);
            });
        } catch (GantryException e) {
            // Docker's status here, not the one of a start
            throw e.code() == ErrorCode.USER_NOT_FOUND || e.code() == ErrorCode.GROUP_NOT_FOUND
                    ? ErrorCode.INVALID_PARAMETER
                            .with(String.valueOf(e.getMessage()))
                            .causedBy(e)
                    : e;
        }
    }

    private static String id(Container container) {
        return container.id();
    }

    private static void refuseTooMany(Container container) {
        var count = container.journal().state().execs().values().stream()
                .filter(exec -> exec.exitCode().isEmpty())
                .count();
        if (count >= LIVE_LIMIT) {
            throw ErrorCode.CONFLICT.with("container " + container.id() + " has " + LIVE_LIMIT
                    + " exec commands that have not ended, no more can be made");
        }
    }

    /** @throws GantryException NO_SUCH_EXEC, or NOT_RUNNING when its container does not run */
    public ExecRecord get(String id) {
        var container = containerOf(id);
        running(container);
        return record(container, id);
    }

    /**
     * Starts it and returns once its program runs.
     *
     * @param client gets the output from other threads until {@link Started#await} returns; a CancellationException of his says that he is gone
     * @throws GantryException when it does not run, in Docker's words
     */
    public Started start(ExecOpen open, ByteSink client) {
        var container = containerOf(open.getExec());
        var exec = record(container, open.getExec());
        var run = running(container);
        var one = claim(container, exec);
        try {
            tellOfStart(container, exec);
            var process = onThread(() -> launcher.launch(container, run, exec, open));
            return running(one, process, open, exec, client);
        } catch (RuntimeException e) {
            var failure = failure(e);
            container.journal().append(new Entry.ExecFailed(exec.id(), exitCode(e, failure), EpochNanos.now()));
            one.launched().completeExceptionally(failure);
            one.recorded().complete(null);
            forget(one);
            throw failure;
        }
    }

    /** An exec that runs, for who started it. */
    public static final class Started {
        private final LiveExec exec;

        private Started(LiveExec exec) {
            this.exec = exec;
        }

        public Stdin.Writer stdin() {
            return exec.writer();
        }

        /** Returns when its end is recorded and all its output delivered. */
        public void await() throws InterruptedException {
            try {
                exec.finished().get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the end of exec " + exec.id() + " was not recorded", e);
            }
        }
    }

    private LiveExec claim(Container container, ExecRecord exec) {
        if (exec.exitCode().isPresent()) {
            throw ErrorCode.EXEC_HAS_RUN.with(exec.id());
        }
        var mine = new LiveExec(container, exec.id(), new Stdin(kernel, streams));
        if (exec.running() || live.putIfAbsent(exec.id(), mine) != null) {
            throw ErrorCode.EXEC_RUNS.with(exec.id());
        }
        container.execs().put(exec.id(), mine.recorded());
        return mine;
    }

    private void tellOfStart(Container container, ExecRecord exec) {
        publish(
                container,
                fact(container)
                        .setExecStarted(Observation.ExecStarted.newBuilder()
                                .setExec(exec.id())
                                .setCommand(String.join(" ", exec.request().getCommandList()))));
    }

    private Started running(LiveExec one, LaunchedExec process, ExecOpen open, ExecRecord exec, ByteSink client) {
        one.stdin().open(process);
        var wanted = exec.request().getStdout() && !open.getDetach();
        var output = new ExecOutput(one.id(), open.getTty(), process.terminal() && !wanted ? _ -> {} : client);
        process.stdout().ifPresent(fd -> output.carry(Stream.STDOUT, new PipeReader(kernel, streams, fd)));
        process.stderr().ifPresent(fd -> output.carry(Stream.STDERR, new PipeReader(kernel, streams, fd)));
        one.launched().complete(process);
        watch(one, process, output);
        return new Started(one);
    }

    private void watch(LiveExec one, LaunchedExec process, ExecOutput output) {
        var _ = exits.watch(process.pidfd(), EpollLoop.IN, (watch, _) -> {
            watch.close();
            endings.execute(() -> end(one, process, output));
        });
    }

    /** The exit is asked for first: until then the kernel keeps the container's own end back. */
    private void end(LiveExec one, LaunchedExec process, ExecOutput output) {
        var exit = process.exit().orElse(new Exit.Unknown());
        one.stdin().end();
        record(one, exit);
        output.processEnded();
        try {
            output.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        one.close(process);
        forget(one);
    }

    private void forget(LiveExec one) {
        live.remove(one.id());
        one.container().execs().remove(one.id());
        one.finished().complete(null);
    }

    /** An end that cannot be written down, say on a full disk, is not forgotten: it is tried until it can. */
    private void record(LiveExec one, Exit exit) {
        while (true) {
            try {
                died(one.container(), one.id(), exit);
                one.recorded().complete(null);
                return;
            } catch (RuntimeException e) {
                LOG.errorf("exec %s: its end cannot be recorded: %s", one.id(), e);
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private void died(Container container, String id, Exit exit) {
        publish(
                container,
                fact(container)
                        .setExecDied(
                                Observation.ExecDied.newBuilder().setExec(id).setExitCode(exit.dockerCode())));
    }

    /** @throws GantryException NO_SUCH_EXEC */
    public ExecState inspect(String id) {
        var container = containerOf(id);
        var exec = record(container, id);
        var state = ExecState.newBuilder()
                .setExec(id)
                .setContainer(container.id())
                .setRunning(exec.exitCode().isEmpty() && (exec.running() || live.containsKey(id)))
                .setPid(exec.process().map(p -> p.identity().pid()).orElse(0))
                .setConfig(exec.request());
        exec.exitCode().ifPresent(state::setExitCode);
        return state.build();
    }

    /** Waits for it to be started. */
    public void resize(String id, Stdio.WindowSize size) throws InterruptedException {
        var container = containerOf(id);
        record(container, id);
        running(container);
        var one = live.get(id);
        if (one == null) {
            throw ErrorCode.CONFLICT.with("exec command " + id + " is not running");
        }
        try {
            one.resize(one.launched().get(RESIZE_SECONDS, TimeUnit.SECONDS), size);
        } catch (TimeoutException | ExecutionException e) {
            throw ErrorCode.CONFLICT
                    .with("exec command " + id + " is not running")
                    .causedBy(e);
        }
    }

    /** After a restart of the agent: execs that run are watched again, those that ended meanwhile are told of. */
    public void adopt(Container container) {
        for (var exec : container.journal().state().execs().values()) {
            exec.process().filter(_ -> exec.running()).ifPresent(process -> adopt(container, exec.id(), process));
        }
    }

    private void adopt(Container container, String id, ExecRecord.Launched process) {
        var found = process.bootId().equals(host.bootId())
                ? host.launcher().adopt(process.identity())
                : Optional.<LaunchedExec>empty();
        if (found.isEmpty()) {
            died(container, id, new Exit.Unknown()); // who reaped it kept its exit code to himself
            return;
        }
        var one = new LiveExec(container, id, new Stdin(kernel, streams));
        live.put(id, one);
        container.execs().put(id, one.recorded());
        one.launched().complete(found.get());
        watch(one, found.get(), new ExecOutput(id, true, _ -> {}));
    }

    private Container container(String id) {
        return containers
                .find(id)
                .filter(one -> !one.journal().state().released())
                .orElseThrow(() -> ErrorCode.NO_SUCH_CONTAINER.with(id));
    }

    private Container containerOf(String exec) {
        if (!ExecId.valid(exec)) {
            throw ErrorCode.NO_SUCH_EXEC.with(exec);
        }
        var prefix = exec.substring(0, ExecId.OF_CONTAINER);
        return containers.all().stream()
                .filter(one -> one.id().startsWith(prefix)
                        && one.journal().state().execs().containsKey(exec))
                .findAny()
                .orElseThrow(() -> ErrorCode.NO_SUCH_EXEC.with(exec));
    }

    private static ExecRecord record(Container container, String id) {
        return Optional.ofNullable(container.journal().state().execs().get(id))
                .orElseThrow(() -> ErrorCode.NO_SUCH_EXEC.with(id));
    }

    private static Run running(Container container) {
        return container
                .run()
                .filter(_ -> container.journal().state().running())
                .orElseThrow(() -> ErrorCode.NOT_RUNNING.with(container.id()));
    }

    private static GantryException failure(RuntimeException cause) {
        return switch (cause) {
            case GantryException known -> known;
            case LaunchFailure launch
            when launch.reason() != LaunchFailure.Reason.OTHER ->
                ErrorCode.EXEC_NOT_STARTED
                        .with(String.valueOf(launch.getMessage()))
                        .causedBy(launch);
            default -> {
                LOG.infof(cause, "an exec did not start");
                yield ErrorCode.EXEC_FAILED
                        .with(String.valueOf(cause.getMessage()))
                        .causedBy(cause);
            }
        };
    }

    private static int exitCode(RuntimeException cause, GantryException failure) {
        return cause instanceof LaunchFailure launch
                        && launch.reason() == LaunchFailure.Reason.NOT_FOUND
                        && failure.code() == ErrorCode.EXEC_NOT_STARTED
                ? NOT_FOUND
                : NOT_INVOKED;
    }

    private <T> T onThread(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, launches).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    private void publish(Container container, Observation.Builder fact) {
        observations.tell(container, fact);
    }

    private static Observation.Builder fact(Container container) {
        var process = container.journal().state().process();
        return Observation.newBuilder()
                .setContainer(container.id())
                .setGeneration(process.map(p -> p.generation()).orElse(0L))
                .setRun(process.map(p -> p.run()).orElse(0L))
                .setAt(EpochNanos.now());
    }

    @Override
    public void close() {
        launches.shutdownNow();
        endings.shutdownNow();
    }
}
