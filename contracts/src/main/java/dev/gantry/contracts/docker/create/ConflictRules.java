package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** Options that exclude each other (moby's {@code runconfig/hostconfig_unix.go}). They look at the request before the merge. */
final class ConflictRules {
    private ConflictRules() {}

    static void check(ContainerConfig config, HostConfig host) {
        String mode = host.networkMode();
        if (mode.equals("container") || mode.equals("container:")) {
            throw ConfigRules.refused("invalid container format container:<name|id>");
        }
        if (mode.startsWith("container:")) {
            refuseFirst(sharing(config, host));
        }
        refuseFirst(hosts(config, host));
    }

    private static Map<String, Boolean> sharing(ContainerConfig config, HostConfig host) {
        Map<String, Boolean> conflicts = new LinkedHashMap<>();
        conflicts.put("hostname and the network mode", !config.hostname().isEmpty());
        conflicts.put(
                "container type network can't be used with links. This would result in undefined behavior",
                !Empty.ifNull(host.links()).isEmpty());
        conflicts.put("dns and the network mode", !Empty.ifNull(host.dns()).isEmpty());
        conflicts.put(
                "custom host-to-IP mapping and the network mode",
                !Empty.ifNull(host.extraHosts()).isEmpty());
        conflicts.put("mac-address and the network mode", !config.macAddress().isEmpty());
        conflicts.put(
                "port publishing and the container type network mode",
                host.publishAllPorts() || !Empty.ifNull(host.portBindings()).isEmpty());
        conflicts.put(
                "port exposing and the container type network mode",
                !Empty.ifNull(config.exposedPorts()).isEmpty());
        return conflicts;
    }

    private static Map<String, Boolean> hosts(ContainerConfig config, HostConfig host) {
        Map<String, Boolean> conflicts = new LinkedHashMap<>();
        conflicts.put(
                "hostname and the UTS mode",
                host.utsMode().equals("host") && !config.hostname().isEmpty());
        conflicts.put(
                "host type networking can't be used with links. This would result in undefined behavior",
                host.networkMode().equals("host") && !Empty.ifNull(host.links()).isEmpty());
        return conflicts;
    }

    private static void refuseFirst(Map<String, Boolean> conflicts) {
        conflicts.forEach((words, conflicting) -> {
            if (conflicting) {
                throw ConfigRules.refused("conflicting options: " + words);
            }
        });
    }
}
