package dev.gantry.network.endpoint;

import dev.gantry.contracts.docker.port.PortRange;
import dev.gantry.service.instance.Instance;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * From which host ports one is chosen when nobody names one. Another instance than the default one begins elsewhere in the range, by
 * its name: it does not know which ports the others of this host gave out.
 */
@Singleton
class PortChoice {
    private final PortRange range;
    private final Instance instance = Instance.current();

    PortChoice(@ConfigProperty(name = "gantry.network.ports") String range) {
        this.range = PortRange.parse(range)
                .filter(parsed -> !parsed.any())
                .orElseThrow(() -> new IllegalArgumentException("gantry.network.ports is no range of ports: " + range));
    }

    PortRange range() {
        return range;
    }

    int begin() {
        var size = range.last() - range.first() + 1;
        return instance.name().equals(Instance.DEFAULT)
                ? range.first()
                : range.first() + Math.floorMod(instance.name().hashCode(), size);
    }
}
