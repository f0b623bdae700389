package dev.gantry.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.StartOrder;
import dev.gantry.scheduler.placement.Candidate;
import dev.gantry.service.tracing.TraceCarrier;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starts that depend on other containers, or on what else the host is doing. */
class NetworkStartTest {
    private final FakeHost host = new FakeHost();
    private final MemoryStore store = new MemoryStore();
    /** The calls that matter, in order. */
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    private final List<StartOrder> starts = Collections.synchronizedList(new ArrayList<>());
    private int portsInUse;
    private final ActiveScheduler scheduler = ActiveScheduler.open(
            store,
            (Ports) Proxy.newProxyInstance(
                    Ports.class.getClassLoader(),
                    new Class<?>[] {Ports.class},
                    (self, method, arguments) -> called(method, arguments)),
            new OneNode(),
            InstantSource.system(),
            new Random(5),
            TraceCarrier.NONE);

    private Object called(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("join") || method.getName().equals("leave")) {
            calls.add(method.getName());
        }
        if (method.getName().equals("apply") && arguments[1] instanceof Order order && order.hasStart()) {
            calls.add("start");
            starts.add(order.getStart());
            if (portsInUse-- > 0) {
                return Outcome.newBuilder()
                        .setFailed(Outcome.Failed.newBuilder()
                                .setCode(ErrorCode.PORT_IN_USE.name())
                                .setMessage("address already in use")
                                .setExitCode(128))
                        .build();
            }
        }
        try {
            return method.invoke(host, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void aRestartLeavesItsNetworksAndJoinsAnew() {
        var id = create("c1", "\"NetworkMode\":\"bridge\"");
        scheduler.start(id);
        scheduler.restart(id, java.util.OptionalInt.of(0), 0);
        assertThat(calls).containsExactly("join", "start", "leave", "join", "start");
        assertThat(scheduler.inspect(id).status().joined()).isTrue();
    }

    @AfterEach
    void close() {
        scheduler.close();
    }

    private String create(String name, String hostConfig) {
        host.listen(seen -> {
            var _ = scheduler.observe(FakeHost.NODE, seen);
        });
        var body = "{\"Image\":\"busybox\",\"Cmd\":[\"sleep\"],\"HostConfig\":{" + hostConfig + "}}";
        return scheduler.create(name, "", body.getBytes(StandardCharsets.UTF_8)).id();
    }

    @Test
    void aPortThatWasFreeToChooseIsChosenAnewWhenItIsInUse() {
        var id = create("c1", "\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"\"}]}");
        portsInUse = 2;
        scheduler.start(id);
        assertThat(calls).containsExactly("join", "start", "leave", "join", "start", "leave", "join", "start");
        assertThat(scheduler.inspect(id).status().alive()).isTrue();
        assertThat(store.events(id, 2)).containsExactly("create", "start");
    }

    @Test
    void atLastItIsToldThatThePortsAreInUse() {
        create("c1", "\"PublishAllPorts\":true,\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"8000-8010\"}]}");
        portsInUse = 1000;
        assertThatThrownBy(() -> scheduler.start("c1")).hasMessageContaining("address already in use");
        assertThat(calls).filteredOn("start"::equals).hasSize(10);
        World.await("left its network", host::idle);
    }

    @Test
    void aPortThatWasNamedIsNotExchanged() {
        var id = create("c1", "\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"8080\"}]}");
        portsInUse = 1;
        assertThatThrownBy(() -> scheduler.start(id)).hasMessageContaining("address already in use");
        assertThat(scheduler.inspect(id).status().exitCode()).isEqualTo(128);
        scheduler.start(id);
        assertThat(scheduler.inspect(id).status().alive()).isTrue();
    }

    @Test
    void startsInTheNamespaceOfAContainerThatRuns() {
        var owner = create("owner", "");
        var id = create("neighbour", "\"NetworkMode\":\"container:owner\"");
        assertThat(scheduler.inspect(id).spec().hostConfig().networkMode()).isEqualTo("container:" + owner);
        assertThatThrownBy(() -> scheduler.start(id)).hasMessageContaining("non running container");
        scheduler.start(owner);
        scheduler.rename("owner", "other");
        scheduler.start(id);
        var order = starts.getLast();
        assertThat(order.getNetwork().getMode()).isEqualTo(NetworkPlan.Mode.SHARED);
        assertThat(order.getNetwork().getContainer()).isEqualTo(owner);
        assertThat(DockerJson.read(order.getConfig().toByteArray(), ContainerConfig.class)
                        .hostname())
                .isEqualTo(owner.substring(0, 12));
    }

    @Test
    void aNeighbourOfNobodyIsToldSoAtItsStart() {
        var id = create("neighbour", "\"NetworkMode\":\"container:nosuch\"");
        assertThatThrownBy(() -> scheduler.start(id)).hasMessage("No such container: nosuch");
        assertThat(scheduler.inspect(id).status().word()).isEqualTo("created");
    }

    /** The start was heard of by the next scheduler only, on the stream or by the order's repeat, whichever came first. */
    @Test
    void theNextSchedulerKnowsTheAddressOfWhatTheLastOneStarted() {
        var id = create("c1", "");
        store.crashBefore(2);
        Thread.startVirtualThread(() -> scheduler.start(id));
        World.await("the crash", store::crashed);
        host.silence();
        scheduler.close();
        store.heal();
        try (var next = ActiveScheduler.open(
                store, host, new OneNode(), InstantSource.system(), new Random(6), TraceCarrier.NONE)) {
            host.listen(seen -> {
                var _ = next.observe(FakeHost.NODE, seen);
            });
            World.await("it runs at its place", () -> {
                var status = next.inspect(id).status();
                var network = status.network();
                return status.alive() && network != null && network.sandboxId().equals("s" + id);
            });
        }
    }

    @Test
    void aPlaceThatWasAskedForByAStartThatWasNeverCommittedIsGivenBack() {
        var id = create("c1", "");
        store.crashBefore(1);
        assertThatThrownBy(() -> scheduler.start(id)).isInstanceOf(MemoryStore.Crash.class);
        World.await("it was asked for", () -> calls.contains("join"));
        host.silence();
        scheduler.close();
        store.heal();
        try (var _ = ActiveScheduler.open(
                store, host, new OneNode(), InstantSource.system(), new Random(6), TraceCarrier.NONE)) {
            World.await("it left", host::idle);
        }
    }

    private static final class OneNode implements ActiveScheduler.NodeView {
        @Override
        public List<Candidate> candidates(Map<String, Integer> containersByNode) {
            return List.of(new Candidate(FakeHost.NODE, true, "linux/amd64", 0, 0));
        }

        @Override
        public NodeFacts facts(String node) {
            return DockerJson.empty(NodeFacts.class);
        }
    }
}
