package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.PortBinding;
import dev.gantry.contracts.docker.port.HostAddress;
import dev.gantry.contracts.docker.port.PortKey;
import dev.gantry.contracts.docker.port.PortRange;
import dev.gantry.contracts.error.ErrorCode;

/** What Docker refuses in PortBindings (moby's {@code validatePortBindings}), and what cannot be published yet. */
final class PortRules {
    private PortRules() {}

    static void check(HostConfig host) {
        Empty.ifNull(host.portBindings()).forEach((key, bindings) -> {
            PortKey port = PortKey.parse(key).orElseThrow(() -> invalid(key.replaceFirst("/.*", "")));
            if (port.protocol().equals("sctp")) {
                throw ErrorCode.NOT_IMPLEMENTED.with("HostConfig.PortBindings \"" + key + "\"");
            }
            Empty.ifNull(bindings).forEach(PortRules::check);
        });
    }

    private static void check(PortBinding binding) {
        if (PortRange.parse(binding.hostPort()).isEmpty()) {
            throw invalid(binding.hostPort());
        }
        if (!binding.hostIp().isEmpty()
                && HostAddress.canonical(binding.hostIp()).isEmpty()) {
            throw ConfigRules.refused("invalid IP address: " + binding.hostIp());
        }
    }

    private static RuntimeException invalid(String port) {
        return ConfigRules.refused("invalid port specification: \"" + port + "\"");
    }
}
