package dev.gantry.launcher.consistency;

import dev.gantry.contracts.rpc.InventoryFact;
import dev.gantry.contracts.rpc.InventoryGrpc;
import dev.gantry.contracts.rpc.InventoryQuery;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.instance.Instance;
import dev.gantry.service.instance.Port;
import dev.gantry.service.tls.KeyFiles;
import dev.gantry.service.tls.PeerIdentity;
import dev.gantry.service.tls.Tls;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Asks every service of the instance on this host, side by side, and looks at the kernel. */
final class Collector implements AutoCloseable {
    private static final int LARGEST_PART = 16 << 20;
    private static final long DEADLINE_SECONDS = 10;

    private final String node;
    private final Map<Store, ManagedChannel> channels = new EnumMap<>(Store.class);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final KernelReader kernel;

    /** @throws java.io.UncheckedIOException when the instance was never started */
    Collector(Instance instance) {
        var own = KeyFiles.in(instance.tls("launcher"));
        node = node(instance);
        for (var store : Store.values()) {
            port(store).ifPresent(port -> channels.put(store, channel(own, peer(store), instance.port(port))));
        }
        kernel = new KernelReader(instance);
    }

    /** The agent's certificate says whom it speaks for. */
    private static String node(Instance instance) {
        try {
            return PeerIdentity.of(KeyFiles.in(instance.tls("agent")).chain().getFirst())
                    .node()
                    .orElse("");
        } catch (CertificateException e) {
            throw new IllegalStateException("the agent's certificate: " + e.getMessage(), e);
        }
    }

    private static Optional<Port> port(Store store) {
        return switch (store) {
            case SCHEDULER -> Optional.of(Port.SCHEDULER_RPC);
            case NETWORK -> Optional.of(Port.NETWORK_RPC);
            case VOLUME -> Optional.of(Port.VOLUME_RPC);
            case IMAGE -> Optional.of(Port.IMAGE_RPC);
            case REGISTRY -> Optional.of(Port.REGISTRY_RPC);
            case AGENT -> Optional.of(Port.AGENT_RPC);
            case KERNEL -> Optional.empty();
        };
    }

    private PeerIdentity peer(Store store) {
        return new PeerIdentity(
                Role.valueOf(store.name()), store == Store.AGENT ? Optional.of(node) : Optional.empty());
    }

    private ManagedChannel channel(KeyFiles own, PeerIdentity peer, int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .sslContext(Tls.grpcClient(own, peer))
                .executor(executor)
                .maxInboundMessageSize(LARGEST_PART)
                .build();
    }

    Facts collect() {
        Map<Store, CompletableFuture<List<InventoryFact>>> asked = new EnumMap<>(Store.class);
        channels.forEach(
                (store, channel) -> asked.put(store, CompletableFuture.supplyAsync(() -> take(channel), executor)));
        Map<Store, List<InventoryFact>> told = new EnumMap<>(Store.class);
        Map<Store, String> silent = new EnumMap<>(Store.class);
        asked.forEach((store, answer) -> {
            try {
                told.put(store, answer.join());
            } catch (CompletionException e) {
                silent.put(store, why(e));
            }
        });
        return new Facts(node, told, silent, kernel.read(running(told)));
    }

    private static List<InventoryFact> take(ManagedChannel channel) {
        // its own pauses between attempts grow to minutes
        channel.resetConnectBackoff();
        var facts = new ArrayList<InventoryFact>();
        InventoryGrpc.newBlockingStub(channel)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .take(InventoryQuery.getDefaultInstance())
                .forEachRemaining(part -> facts.addAll(part.getFactsList()));
        return facts;
    }

    private static String why(CompletionException failure) {
        if (failure.getCause() instanceof StatusRuntimeException call) {
            var status = call.getStatus();
            var cause = Optional.ofNullable(status.getCause()).map(Throwable::getMessage);
            return status.getCode() == Status.Code.UNAVAILABLE
                    ? cause.orElse("unavailable")
                    : status.getCode() + " "
                            + Optional.ofNullable(status.getDescription()).orElse("");
        }
        return String.valueOf(failure.getMessage());
    }

    /** The first processes of the containers that run by the agent's word. */
    private static Map<String, Integer> running(Map<Store, List<InventoryFact>> told) {
        Map<String, Integer> processes = new java.util.HashMap<>();
        told.getOrDefault(Store.AGENT, List.of()).stream()
                .filter(InventoryFact::hasHosted)
                .map(InventoryFact::getHosted)
                .filter(container -> container.getRunning())
                .forEach(container -> processes.put(container.getId(), container.getPid()));
        return processes;
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
        executor.shutdown();
    }
}
