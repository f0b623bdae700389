package dev.gantry.agent;

import dev.gantry.agent.layers.HttpBlobSource;
import dev.gantry.contracts.rpc.ImagesGrpc;
import dev.gantry.contracts.rpc.LayerIds;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.linux.Kernel;
import dev.gantry.oci.digest.Digest;
import dev.gantry.service.http.HttpPeers;
import dev.gantry.service.instance.Instance;
import dev.gantry.service.instance.Port;
import dev.gantry.service.rpc.Peers;
import dev.gantry.service.rpc.RpcService;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The agent as a Quarkus application. */
@Singleton
final class AgentApplication {
    private static final int ANSWER_SECONDS = 10;

    private final AgentRuntime runtime;

    AgentApplication(
            Peers peers,
            HttpPeers http,
            @ConfigProperty(name = "gantry.agent.node") Optional<String> node,
            @ConfigProperty(name = "gantry.agent.host", defaultValue = "127.0.0.1") String host) {
        var instance = Instance.current();
        runtime = new AgentRuntime(
                new AgentRuntime.Settings(
                        instance.data(),
                        instance.run().resolve("pids"),
                        instance.cgroup(),
                        node.orElseGet(AgentApplication::hostname),
                        host,
                        instance.port(Port.AGENT_RPC)),
                Kernel.real(),
                new HttpBlobSource(http),
                layers -> needed(peers, layers),
                () -> peers.channel(Role.AGENT, Role.SCHEDULER));
    }

    private static Set<Digest> needed(Peers peers, Collection<Digest> layers) {
        var asked = LayerIds.newBuilder()
                .addAllDiffIds(layers.stream().map(Digest::toString).toList())
                .build();
        return ImagesGrpc.newBlockingStub(peers.channel(Role.AGENT, Role.IMAGE))
                .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
                .neededLayers(asked)
                .getDiffIdsList()
                .stream()
                .map(Digest::parse)
                .collect(Collectors.toSet());
    }

    @Produces
    @Singleton
    RpcService rpc() {
        return new RpcService(Role.AGENT, Port.AGENT_RPC, List.of(runtime.rpc(), runtime.inventory()));
    }

    /** Before the server listens: an order that comes first finds everything taken over. */
    void start(@Observes StartupEvent event) {
        runtime.start();
    }

    void stop(@Observes ShutdownEvent event) {
        runtime.close();
    }

    boolean connected() {
        return runtime.connected();
    }

    private static String hostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the host's name", e);
        }
    }
}
