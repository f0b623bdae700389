package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.mount.PlannedMount;
import dev.gantry.contracts.docker.network.NetworkSettingsBuilder;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.creation.Endpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A host that outlives schedulers: it carries out each generation once, remembers outcomes, and keeps observations until they are
 * acknowledged. {@code true} ends at once, {@code false} cannot be started, anything else runs.
 */
final class FakeHost implements Ports {
    static final String NODE = "n1";

    /** Hears of each claim while it is made. */
    java.util.function.Consumer<String> claiming = container -> {};

    private record Life(long generation, long run, long sequence, boolean running, Optional<Outcome> outcome) {}

    private final Map<String, Life> lives = new HashMap<>();
    private final List<Observation> unacknowledged = new ArrayList<>();
    private final List<Integer> signals = new ArrayList<>();
    private final Set<String> joined = new HashSet<>();
    final List<HostConfig> updates = new ArrayList<>();
    private final Set<String> frozen = new HashSet<>();
    private final Set<String> references = new HashSet<>();
    private Optional<Consumer<Observation>> stream = Optional.empty();
    private Consumer<Order> onOrder = order -> {};
    private boolean connected = true;
    private boolean stubborn;
    private boolean lost;

    /** A scheduler listens: it is told everything that nobody acknowledged. */
    synchronized void listen(Consumer<Observation> listener) {
        stream = Optional.of(listener);
        List.copyOf(unacknowledged).forEach(listener);
    }

    /** Hears of each order on the thread that brings it. */
    synchronized void onOrder(Consumer<Order> listener) {
        onOrder = listener;
    }

    synchronized void silence() {
        stream = Optional.empty();
    }

    synchronized void connected(boolean now) {
        connected = now;
    }

    /** From now on the kernel does not let go of any process. */
    synchronized void stubborn() {
        stubborn = true;
    }

    synchronized void acknowledge(Observation seen) {
        unacknowledged.remove(seen);
    }

    synchronized boolean running(String id) {
        return life(id).running();
    }

    synchronized boolean idle() {
        return lives.values().stream().noneMatch(Life::running) && joined.isEmpty();
    }

    synchronized void exit(String id, int code) {
        var life = life(id);
        if (life.running()) {
            report(
                    id,
                    new Life(life.generation(), life.run(), life.sequence() + 1, false, life.outcome()),
                    Observation.newBuilder()
                            .setExited(Observation.Exited.newBuilder().setExitCode(code)));
        }
    }

    /** Its end, which the agent's own restart is going to follow. */
    synchronized void exitAndAnnounce(String id, int code) {
        var life = life(id);
        report(
                id,
                new Life(life.generation(), life.run(), life.sequence() + 1, false, life.outcome()),
                Observation.newBuilder()
                        .setExited(Observation.Exited.newBuilder()
                                .setExitCode(code)
                                .setRestarting(true)));
    }

    /** The agent's own restart: a run more of the same generation. */
    synchronized void startAgain(String id) {
        var life = life(id);
        report(
                id,
                new Life(life.generation(), life.run() + 1, life.sequence() + 1, true, life.outcome()),
                Observation.newBuilder()
                        .setStarted(Observation.Started.newBuilder().setPid(8)));
    }

    /** The agent's own restart failed. */
    synchronized void failToStartAgain(String id, boolean again) {
        var life = life(id);
        report(
                id,
                new Life(life.generation(), life.run(), life.sequence() + 1, false, life.outcome()),
                Observation.newBuilder()
                        .setExited(Observation.Exited.newBuilder()
                                .setExitCode(127)
                                .setError("no such file")
                                .setRestarting(again)
                                .setNotStarted(true)));
    }

    /** The host has booted, and its agent believes that it ended before. */
    synchronized void boot(String id, long at) {
        var life = life(id);
        lives.put(id, new Life(life.generation(), life.run(), life.sequence() + 1, false, life.outcome()));
        var seen = Observation.newBuilder()
                .setContainer(id)
                .setSequence(life.sequence() + 1)
                .setAt(at)
                .setExited(Observation.Exited.newBuilder().setExitCode(255).setHostBooted(true))
                .build();
        unacknowledged.add(seen);
        stream.ifPresent(listener -> listener.accept(seen));
    }

    synchronized boolean joined(String id) {
        return joined.contains(id);
    }

    private Life life(String id) {
        return lives.getOrDefault(id, new Life(0, 0, 0, false, Optional.empty()));
    }

    private void report(String id, Life life, Observation.Builder fact) {
        lives.put(id, life);
        var seen = fact.setContainer(id)
                .setGeneration(life.generation())
                .setRun(life.run())
                .setSequence(life.sequence())
                .setAt(1_000_000_000L * (100 + life.sequence()))
                .build();
        unacknowledged.add(seen);
        stream.ifPresent(listener -> listener.accept(seen));
    }

    @Override
    public synchronized Outcome apply(String node, Order order, Duration limit) {
        onOrder.accept(order);
        var id = order.getContainer();
        var life = life(id);
        if (order.getGeneration() < life.generation()) {
            throw ErrorCode.STALE_GENERATION.with(id, order.getGeneration(), life.generation());
        }
        if (order.getGeneration() == life.generation() && life.outcome().isPresent()) {
            return life.outcome().get();
        }
        lives.put(id, new Life(order.getGeneration(), life.run(), life.sequence(), life.running(), Optional.empty()));
        var outcome = carryOut(order).setGeneration(order.getGeneration()).build();
        var after = life(id);
        lives.put(
                id, new Life(after.generation(), after.run(), after.sequence(), after.running(), Optional.of(outcome)));
        return outcome;
    }

    private Outcome.Builder carryOut(Order order) {
        var id = order.getContainer();
        var outcome = Outcome.newBuilder().setDone(Outcome.Done.getDefaultInstance());
        switch (order.getVerbCase()) {
            case START -> {
                return start(order);
            }
            case STOP -> {
                if (stubborn) {
                    return Outcome.newBuilder()
                            .setFailed(Outcome.Failed.newBuilder()
                                    .setCode("CONFLICT")
                                    .setMessage("process 7 does not end after SIGKILL"));
                }
                frozen.remove(id);
                exit(id, 128 + order.getStop().getSignal());
            }
            case KILL -> {
                if (order.getKill().getThaw()) {
                    frozen.remove(id);
                }
                signal(id, order.getKill().getSignal());
            }
            case RELEASE -> exit(id, 137);
            case PAUSE -> frozen.add(id);
            case UNPAUSE -> frozen.remove(id);
            case UPDATE -> {
                if (stubborn) {
                    return Outcome.newBuilder()
                            .setFailed(Outcome.Failed.newBuilder()
                                    .setCode("INTERNAL")
                                    .setMessage("Cannot update container " + id + ": device or resource busy"));
                }
                updates.add(DockerJson.read(order.getUpdate().getHostConfig().toByteArray(), HostConfig.class));
            }
            case VERB_NOT_SET -> throw new IllegalArgumentException("no verb");
        }
        return outcome;
    }

    private void signal(String id, int signal) {
        signals.add(signal);
        if (signal == 9) {
            exit(id, 128 + signal);
        }
    }

    synchronized boolean frozen(String id) {
        return frozen.contains(id);
    }

    /** What it tells of an exec. */
    synchronized void tellOfExec(String id, Observation.Builder fact) {
        var life = life(id);
        report(id, new Life(life.generation(), life.run(), life.sequence() + 1, life.running(), life.outcome()), fact);
    }

    synchronized List<Integer> signals() {
        return List.copyOf(signals);
    }

    private Outcome.Builder start(Order order) {
        var id = order.getContainer();
        var command = DockerJson.read(order.getStart().getConfig().toByteArray(), ContainerConfig.class)
                .cmd();
        if (List.of("false").equals(command)) {
            return Outcome.newBuilder()
                    .setFailed(Outcome.Failed.newBuilder()
                            .setCode("EXECUTABLE_NOT_FOUND")
                            .setMessage("exec: \"false\": executable file not found in $PATH")
                            .setExitCode(127));
        }
        var life = life(id);
        var run = life.run() + 1;
        report(
                id,
                new Life(order.getGeneration(), run, life.sequence() + 1, true, Optional.empty()),
                Observation.newBuilder()
                        .setStarted(Observation.Started.newBuilder().setPid(7)));
        if (List.of("true").equals(command)) {
            exit(id, 0);
        }
        return Outcome.newBuilder()
                .setRun(run)
                .setRunning(Outcome.Running.newBuilder().setPid(7).setStartedAt(1_000_000_000L));
    }

    @Override
    public ResolvedImage resolve(String reference, String platform) {
        if (reference.equals("nosuch")) {
            throw ErrorCode.NO_SUCH_IMAGE.with("nosuch:latest");
        }
        return ResolvedImage.newBuilder()
                .setId("sha256:" + "a".repeat(64))
                .setConfig(com.google.protobuf.ByteString.copyFromUtf8("{\"config\":{}}"))
                .build();
    }

    @Override
    public synchronized Joined join(Container container) {
        joined.add(container.id());
        return new Joined(
                NetworkPlan.getDefaultInstance(),
                NetworkSettingsBuilder.builder(Endpoints.before(
                                container.spec().hostConfig().networkMode(),
                                container.spec().networking()))
                        .sandboxId("s" + container.id())
                        .build());
    }

    @Override
    public synchronized void leave(Container container) {
        joined.remove(container.id());
    }

    @Override
    public List<String> missing(String node, List<String> paths) {
        return paths.stream().filter(path -> path.startsWith("/none")).toList();
    }

    @Override
    public synchronized List<PlannedMount> claim(String container, String node, List<PlannedMount> volumes) {
        claiming.accept(container);
        volumes.forEach(mount -> references.add(container + mount.destination()));
        return volumes.stream()
                .map(mount -> mount.made("local", "/volumes/" + mount.point().name()))
                .toList();
    }

    @Override
    public void unmount(Container container) {}

    /** Containers and destinations that nobody gave back. */
    synchronized Set<String> references() {
        return Set.copyOf(references);
    }

    @Override
    public List<MountPlan> plan(Container container) {
        return List.of();
    }

    @Override
    public synchronized void release(Container container) {
        references.removeIf(reference -> reference.startsWith(container.id()));
    }

    @Override
    public synchronized boolean nodeReady(String node) {
        return connected;
    }

    @Override
    public synchronized boolean awaitReturn(String node) {
        return !lost;
    }

    /** Away, and for ever as far as anybody knows. */
    synchronized void lost() {
        connected = false;
        lost = true;
        stream = Optional.empty();
    }

    synchronized void found() {
        connected = true;
        lost = false;
    }

    @Override
    public boolean awaitNode(String node, Duration limit) throws InterruptedException {
        if (!nodeReady(node)) {
            Thread.sleep(5);
        }
        return nodeReady(node);
    }
}
