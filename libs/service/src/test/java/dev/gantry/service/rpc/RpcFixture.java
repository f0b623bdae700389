package dev.gantry.service.rpc;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.instance.Instance;
import dev.gantry.service.instance.Port;
import io.grpc.BindableService;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A scheduler's server on the network, and peers in another "process": one that serves nothing itself. */
final class RpcFixture implements AutoCloseable {
    static final Instance INSTANCE = Instance.named("rpc-test");

    private final RpcServers servers;
    private final Peers elsewhere;
    private final Peers sameProcess;

    RpcFixture(Path certificates, BindableService service) {
        var telemetry = new RpcTelemetry(OpenTelemetry.noop(), false);
        var addresses = addresses(certificates, Map.of());
        servers = new RpcServers(
                List.of(new RpcService(Role.SCHEDULER, Port.SCHEDULER_RPC, List.of(service))), addresses, telemetry);
        servers.start(new StartupEvent());
        elsewhere = peers(addresses);
        sameProcess = new Peers(servers, addresses, telemetry);
    }

    static Peers peers(Addresses addresses) {
        var telemetry = new RpcTelemetry(OpenTelemetry.noop(), false);
        return new Peers(new RpcServers(List.<RpcService>of(), addresses, telemetry), addresses, telemetry);
    }

    static Addresses addresses(Path certificates, Map<String, String> more) {
        var properties = new HashMap<>(more);
        Certificates.roles()
                .forEach(role -> properties.putIfAbsent(
                        "gantry.tls." + Certificates.name(role),
                        certificates.resolve(Certificates.name(role)).toString()));
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .build();
        return new Addresses(config, INSTANCE);
    }

    Peers elsewhere() {
        return elsewhere;
    }

    Peers sameProcess() {
        return sameProcess;
    }

    @Override
    public void close() {
        elsewhere.close();
        sameProcess.close();
        try {
            servers.stop(new ShutdownEvent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
