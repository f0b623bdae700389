package dev.gantry.agent.rootfs;

import java.util.stream.Collectors;

/** The text of /etc/hosts, line by line as Docker writes it. */
final class HostsText {
    private static final String LOOPBACK = """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::\tip6-localnet
            ff00::\tip6-mcastprefix
            ff02::1\tip6-allnodes
            ff02::2\tip6-allrouters
            """;

    private HostsText() {}

    static String of(NameSettings settings) {
        return LOOPBACK + extra(settings) + own(settings);
    }

    /** In the host's network the host's file holds, with what was asked for besides. */
    static String extended(String host, NameSettings settings) {
        var text = host.isEmpty() || host.endsWith("\n") ? host : host + "\n";
        return (text.isEmpty() ? LOOPBACK : text) + extra(settings);
    }

    private static String extra(NameSettings settings) {
        return settings.extraHosts().stream().map(HostsText::extraLine).collect(Collectors.joining());
    }

    /** The name ends at the first colon or equals sign; the address may hold colons. */
    private static String extraLine(String entry) {
        int end = 0;
        while (end < entry.length() && entry.charAt(end) != ':' && entry.charAt(end) != '=') {
            end++;
        }
        return end == entry.length() ? "" : entry.substring(end + 1) + "\t" + entry.substring(0, end) + "\n";
    }

    private static String own(NameSettings settings) {
        var name = settings.hostname();
        var names = settings.domainname().isEmpty() ? name : name + "." + settings.domainname() + " " + name;
        return settings.addresses().stream()
                .map(address -> address + "\t" + names + "\n")
                .collect(Collectors.joining());
    }
}
