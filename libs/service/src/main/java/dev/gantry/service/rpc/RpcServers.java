package dev.gantry.service.rpc;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.tls.KeyFiles;
import dev.gantry.service.tls.Tls;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Starts, for each service in this process, one gRPC server on the network and one inside the process. */
@ApplicationScoped
public class RpcServers {
    private static final Logger LOG = Logger.getLogger(RpcServers.class);
    private static final int MAX_MESSAGE_BYTES = 16 << 20;
    private static final int SHUTDOWN_GRACE_SECONDS = 3;

    /** After the services' own start-up observers: a server that listens can answer. */
    private static final int AFTER_THE_SERVICES = 5_000;

    private final List<RpcService> services;
    private final Set<Role> roles;
    private final Addresses addresses;
    private final RpcTelemetry telemetry;
    private final List<Server> running = new ArrayList<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    @Inject
    RpcServers(@Any Instance<RpcService> services, Addresses addresses, RpcTelemetry telemetry) {
        this(services.stream().toList(), addresses, telemetry);
    }

    RpcServers(List<RpcService> services, Addresses addresses, RpcTelemetry telemetry) {
        this.services = List.copyOf(services);
        this.roles = this.services.stream().map(RpcService::role).collect(Collectors.toUnmodifiableSet());
        this.addresses = addresses;
        this.telemetry = telemetry;
    }

    /** Whether this process itself offers that service. */
    boolean serves(Role role) {
        return roles.contains(role);
    }

    static String localName(Role role) {
        return "gantry/" + role.name();
    }

    void start(@Observes @Priority(AFTER_THE_SERVICES) StartupEvent event) {
        services.forEach(this::start);
    }

    private void start(RpcService service) {
        running.add(started(service, InProcessServerBuilder.forName(localName(service.role()))));
        var address = new InetSocketAddress(addresses.listen(), addresses.listen(service.port()));
        running.add(started(
                service,
                NettyServerBuilder.forAddress(address)
                        .sslContext(Tls.grpcServer(KeyFiles.in(addresses.tls(service.role()))))
                        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                        .permitKeepAliveTime(5, TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        .keepAliveTime(10, TimeUnit.SECONDS)
                        .keepAliveTimeout(5, TimeUnit.SECONDS)));
        LOG.infof("%s listens on %s", service.role(), address);
    }

    private Server started(RpcService service, ServerBuilder<?> builder) {
        builder.executor(executor);
        service.services().forEach(builder::addService);
        // the interceptor added last runs first: a span is begun, then the caller is checked
        builder.intercept(new Access());
        telemetry.server().forEach(builder::intercept);
        try {
            return builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(service.role() + " cannot listen", e);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running.forEach(Server::shutdown);
        for (var server : running) {
            if (!server.awaitTermination(SHUTDOWN_GRACE_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        }
        executor.shutdown();
    }
}
