package dev.gantry.service.rpc;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.instance.Instance;
import dev.gantry.service.instance.Port;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Where the services listen: on this host at the instance's ports, unless {@code gantry.peer.<role>=host:port} (gRPC) or {@code
 * gantry.http-peer.<role>=host:port} says otherwise.
 */
@ApplicationScoped
public class Addresses {
    /** A host and its port. */
    public record Address(String host, int port) {
        static Address parse(String text) {
            var colon = text.lastIndexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("\"" + text + "\" is not host:port");
            }
            return new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        }
    }

    private final Config config;
    private final Instance instance;

    @Inject
    Addresses(Config config) {
        this(config, Instance.current());
    }

    Addresses(Config config, Instance instance) {
        this.config = config;
        this.instance = instance;
    }

    public Address rpc(Role peer) {
        return find("gantry.peer.", peer, rpcPort(peer));
    }

    public Address http(Role peer) {
        return find("gantry.http-peer.", peer, httpPort(peer));
    }

    /** The directory of a service's certificate. */
    public Path tls(Role self) {
        return config.getOptionalValue("gantry.tls." + name(self), String.class)
                .map(Path::of)
                .orElseGet(() -> instance.tls(name(self)));
    }

    /** Which address a server of ours listens on; the cluster sets 0.0.0.0. */
    public String listen() {
        return config.getOptionalValue("gantry.listen", String.class).orElse("127.0.0.1");
    }

    public int listen(Port port) {
        return number(port);
    }

    /** The instance's, which is also what its configuration says unless somebody, a test, says otherwise. */
    private int number(Port port) {
        var key = "gantry.port." + port.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return config.getOptionalValue(key, Integer.class).orElseGet(() -> instance.port(port));
    }

    private Address find(String prefix, Role peer, Port port) {
        return config.getOptionalValue(prefix + name(peer), String.class)
                .map(Address::parse)
                .orElseGet(() -> new Address("127.0.0.1", number(port)));
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static Port rpcPort(Role role) {
        return port(
                role,
                switch (role) {
                    case SCHEDULER -> Optional.of(Port.SCHEDULER_RPC);
                    case IMAGE -> Optional.of(Port.IMAGE_RPC);
                    case REGISTRY -> Optional.of(Port.REGISTRY_RPC);
                    case NETWORK -> Optional.of(Port.NETWORK_RPC);
                    case VOLUME -> Optional.of(Port.VOLUME_RPC);
                    case AGENT -> Optional.of(Port.AGENT_RPC);
                    case GATEWAY, LAUNCHER, ROLE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
                });
    }

    private static Port httpPort(Role role) {
        return port(
                role,
                switch (role) {
                    case IMAGE -> Optional.of(Port.IMAGE_HTTP);
                    case REGISTRY -> Optional.of(Port.REGISTRY_HTTP);
                    case GATEWAY, SCHEDULER, NETWORK, VOLUME, AGENT, LAUNCHER, ROLE_UNSPECIFIED, UNRECOGNIZED ->
                        Optional.empty();
                });
    }

    private static Port port(Role role, Optional<Port> port) {
        return port.orElseThrow(() -> new IllegalArgumentException(role + " does not listen there"));
    }
}
