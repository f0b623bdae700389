package dev.gantry.service.rpc;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.tls.KeyFiles;
import dev.gantry.service.tls.PeerIdentity;
import dev.gantry.service.tls.Tls;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Channels to the other services. Every call wants a deadline of its own ({@code withDeadlineAfter}); every connection is kept
 * alive, so a peer that died or stopped without a word is noticed within 15 s.
 */
@ApplicationScoped
public class Peers {
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    private final RpcServers servers;
    private final Addresses addresses;
    private final List<ClientInterceptor> telemetry;
    private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    Peers(RpcServers servers, Addresses addresses, RpcTelemetry telemetry) {
        this.servers = servers;
        this.addresses = addresses;
        this.telemetry = telemetry.client();
    }

    /** To a control-plane service: inside the process where it lives in this one, else over mutual TLS. */
    public Channel channel(Role self, Role peer) {
        if (servers.serves(peer)) {
            var channel = channels.computeIfAbsent("local/" + peer, key -> local(peer));
            return ClientInterceptors.intercept(intercepted(channel), new LocalCaller(self));
        }
        var address = addresses.rpc(peer);
        return intercepted(channels.computeIfAbsent(
                self + "/" + peer,
                key -> network(self, new PeerIdentity(peer, Optional.empty()), address.host(), address.port())));
    }

    /** To a node's agent, whose certificate must be of just that node. */
    public Channel agent(Role self, String node, String host, int port) {
        return intercepted(channels.computeIfAbsent(
                self + "/agent/" + node + "@" + host + ":" + port,
                key -> network(self, new PeerIdentity(Role.AGENT, Optional.of(node)), host, port)));
    }

    private Channel intercepted(ManagedChannel channel) {
        // gRPC's own pauses grow to two minutes; our callers pause by themselves, and a peer that is back should be
        // found at once
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.resetConnectBackoff();
        }
        return ClientInterceptors.intercept(channel, telemetry);
    }

    private ManagedChannel local(Role peer) {
        return InProcessChannelBuilder.forName(RpcServers.localName(peer))
                .executor(executor)
                .build();
    }

    private ManagedChannel network(Role self, PeerIdentity peer, String host, int port) {
        return NettyChannelBuilder.forAddress(host, port)
                .sslContext(Tls.grpcClient(KeyFiles.in(addresses.tls(self)), peer))
                .executor(executor)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .keepAliveTime(10, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true)
                .build();
    }

    @PreDestroy
    void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
        executor.shutdown();
    }
}
