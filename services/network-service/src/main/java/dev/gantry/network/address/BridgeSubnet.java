package dev.gantry.network.address;

import dev.gantry.service.instance.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The subnet of the default bridge: the one that is configured, else the first of Docker's that this host has no route into. It is
 * looked at once per installation, on the control plane's host, and stays.
 */
@Singleton
public class BridgeSubnet {
    private static final Logger LOG = Logger.getLogger(BridgeSubnet.class);
    private static final Path ROUTES = Path.of("/proc/net/route");

    private final Optional<String> configured;
    private final Instance instance = Instance.current();

    BridgeSubnet(@ConfigProperty(name = "gantry.network.bridge-subnet") Optional<String> configured) {
        this.configured = configured;
    }

    public Subnet choose() {
        return configured.map(Subnet::parse).orElseGet(() -> Pools.choose(instance.name(), taken()));
    }

    /** Of the bridge's interface on every host. */
    public String bridge() {
        return instance.bridge();
    }

    private List<Subnet> taken() {
        try {
            return HostRoutes.of(Files.readAllLines(ROUTES), instance.bridge());
        } catch (IOException | IllegalArgumentException e) {
            LOG.warnf("the host's routes are not readable, its subnets are not avoided: %s", e.getMessage());
            return List.of();
        }
    }
}
