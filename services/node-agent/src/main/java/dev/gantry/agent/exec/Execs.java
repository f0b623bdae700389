package dev.gantry.agent.exec;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.container.Run;
import dev.gantry.agent.journal.Entry;
import dev.gantry.agent.journal.EpochNanos;
import dev.gantry.agent.journal.ExecRecord;
import dev.gantry.agent.observe.Observations;
import dev.gantry.agent.orders.Host;
import dev.gantry.agent.orders.Pauses;
import dev.gantry.agent.output.ByteSink;
import dev.gantry.agent.output.Stdin;
import dev.gantry.agent.output.Stream;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.ExecOpen;
import dev.gantry.contracts.rpc.ExecState;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.launch.Exit;
import dev.gantry.linux.launch.LaunchedExec;
import dev.gantry.linux.launch.Stdio;
import dev.gantry.linux.process.EpollLoop;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All execs of this host: made, started, looked at, taken over. */
public final class Execs implements AutoCloseable {
    /** That were made and have not ended, of one container. */
    private static final int LIVE_LIMIT = 1_000;

    /** A client may ask for a size before the process is there. */
    private static final int RESIZE_SECONDS = 10;

    private final Kernel kernel;
    private final Host host;
    private final EpollLoop streams;
    private final ExecTable table;
    private final ExecFacts facts;
    private final ExecEndings endings;
    private final ExecLauncher launcher;
    private final Pauses pauses;

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
        this.host = host;
        this.streams = streams;
        this.table = new ExecTable(containers);
        this.facts = new ExecFacts(observations);
        this.endings = new ExecEndings(exits, table, facts);
        this.launcher = new ExecLauncher(kernel, host, facts);
        this.pauses = new Pauses(host.cgroups());
    }

    /**
     * Notes a process to be run.
     *
     * @return its id
     * @throws GantryException NOT_RUNNING, PAUSED_EXEC, NO_EXEC_COMMAND, INVALID_PARAMETER for a user that is not there, CONFLICT when there are too many
     */
    public String create(CreateExecRequest request) {
        var container = table.container(request.getContainer());
        if (request.getCommandList().isEmpty()) {
            throw ErrorCode.NO_EXEC_COMMAND.with();
        }
        var run = ExecTable.running(container);
        pauses.refuseExec(container);
        if (!request.getUser().isEmpty()) {
            checkUser(container, run, request);
        }
        var id = ExecId.next(container.id());
        synchronized (table) { // counted and added as one
            refuseTooMany(container);
            container.journal().append(new Entry.ExecCreated(id, request, EpochNanos.now()));
        }
        facts.created(container, id, request);
        return id;
    }

    private void checkUser(Container container, Run run, CreateExecRequest request) {
        try {
            launcher.checkUser(container, run, request);
        } catch (GantryException e) {
            // Docker's status here, not the one of a start
            throw e.code() == ErrorCode.USER_NOT_FOUND || e.code() == ErrorCode.GROUP_NOT_FOUND
                    ? ErrorCode.INVALID_PARAMETER
                            .with(String.valueOf(e.getMessage()))
                            .causedBy(e)
                    : e;
        }
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
        var known = table.find(id);
        ExecTable.running(known.container());
        return known.exec();
    }

    /**
     * Starts it and returns once its program runs.
     *
     * @param client gets the output from other threads until {@link StartedExec#await} returns; a CancellationException of his says that he is gone
     * @throws GantryException when it does not run, in Docker's words
     */
    public StartedExec start(ExecOpen open, ByteSink client) {
        var known = table.find(open.getExec());
        var container = known.container();
        var run = ExecTable.running(container);
        pauses.refuseExec(container);
        var one = claim(known);
        try {
            var process = launcher.launch(container, run, known.exec(), open);
            return running(one, process, open, known.exec(), client);
        } catch (RuntimeException e) {
            var failure = StartFailure.of(e);
            container.journal().append(new Entry.ExecFailed(one.id(), failure.exitCode(), EpochNanos.now()));
            facts.failed(container, one.id());
            one.launched().completeExceptionally(failure.told());
            one.recorded().complete(null);
            table.remove(one);
            throw failure.told();
        }
    }

    private LiveExec claim(ExecTable.Known known) {
        var exec = known.exec();
        if (exec.exitCode().isPresent()) {
            throw ErrorCode.EXEC_HAS_RUN.with(exec.id());
        }
        var mine = liveOne(known.container(), exec.id());
        if (exec.running() || !table.add(mine)) {
            throw ErrorCode.EXEC_RUNS.with(exec.id());
        }
        return mine;
    }

    private LiveExec liveOne(Container container, String id) {
        return new LiveExec(container, id, new Stdin(kernel, streams));
    }

    private StartedExec running(LiveExec one, LaunchedExec process, ExecOpen open, ExecRecord exec, ByteSink client) {
        one.stdin().open(process);
        var wanted = exec.request().getStdout() && !open.getDetach();
        var output = new ExecOutput(one.id(), open.getTty(), process.terminal() && !wanted ? _ -> {} : client);
        process.stdout().ifPresent(fd -> output.carry(Stream.STDOUT, new PipeReader(kernel, streams, fd)));
        process.stderr().ifPresent(fd -> output.carry(Stream.STDERR, new PipeReader(kernel, streams, fd)));
        one.launched().complete(process);
        endings.watch(one, process, output);
        return new StartedExec(one);
    }

    /** @throws GantryException NO_SUCH_EXEC */
    public ExecState inspect(String id) {
        var known = table.find(id);
        var exec = known.exec();
        var state = ExecState.newBuilder()
                .setExec(id)
                .setContainer(known.container().id())
                .setRunning(exec.exitCode().isEmpty()
                        && (exec.running() || table.live(id).isPresent()))
                .setPid(exec.process().map(p -> p.identity().pid()).orElse(0))
                .setConfig(exec.request());
        exec.exitCode().ifPresent(state::setExitCode);
        return state.build();
    }

    /** Waits for it to be started. */
    public void resize(String id, Stdio.WindowSize size) throws InterruptedException {
        ExecTable.running(table.find(id).container());
        var one = table.live(id).orElseThrow(() -> notRunning(id));
        try {
            one.resize(one.launched().get(RESIZE_SECONDS, TimeUnit.SECONDS), size);
        } catch (TimeoutException | ExecutionException e) {
            throw notRunning(id).causedBy(e);
        }
    }

    private static GantryException notRunning(String id) {
        return ErrorCode.CONFLICT.with("exec command " + id + " is not running");
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
            facts.died(container, id, new Exit.Unknown()); // who reaped it kept its exit code to himself
            return;
        }
        var one = liveOne(container, id);
        var _ = table.add(one);
        one.launched().complete(found.get());
        endings.watch(one, found.get(), new ExecOutput(id, true, _ -> {}));
    }

    @Override
    public void close() {
        launcher.close();
        endings.close();
    }
}
