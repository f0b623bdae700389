package dev.gantry.agent.rootfs;

import java.util.List;

/**
 * What a container knows about names.
 *
 * @param hostname Config.Hostname, or the host's with the host's network
 * @param domainname Config.Domainname, often empty
 * @param addresses of the container itself, in order; none with the networks none and host
 * @param extraHosts HostConfig.ExtraHosts, {@code name:address} or {@code name=address}; host-gateway is resolved already
 * @param dns HostConfig.Dns, empty: the host's
 * @param dnsSearch HostConfig.DnsSearch, empty: the host's; a lone {@code .} means none
 * @param dnsOptions HostConfig.DnsOptions, empty: the host's
 * @param hostNetwork whether it lives in the host's network namespace, where the host's own servers can be reached
 */
public record NameSettings(
        String hostname,
        String domainname,
        List<String> addresses,
        List<String> extraHosts,
        List<String> dns,
        List<String> dnsSearch,
        List<String> dnsOptions,
        boolean hostNetwork) {
    public NameSettings {
        addresses = List.copyOf(addresses);
        extraHosts = List.copyOf(extraHosts);
        dns = List.copyOf(dns);
        dnsSearch = List.copyOf(dnsSearch);
        dnsOptions = List.copyOf(dnsOptions);
    }
}
