package dev.gantry.agent.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** Switches of the kernel (ip-sysctl.rst) without which bridged containers reach nobody. Each is read first: most hosts have them set. */
final class HostSettings {
    private static final Logger LOG = Logger.getLogger(HostSettings.class);
    private static final Path NET = Path.of("/proc/sys/net");

    private HostSettings() {}

    /** Packets are forwarded, and the host's loopback addresses may be sources on the bridge. */
    static void routeFor(String bridge, boolean v6) {
        set("ipv4/ip_forward", "1");
        set("ipv4/conf/" + bridge + "/route_localnet", "1");
        if (v6) {
            forwardV6();
        }
    }

    /** A host that forwards ignores router advertisements, unless it is told not to. */
    private static void forwardV6() {
        if (read(NET.resolve("ipv6/conf/all/forwarding")).equals("1")) {
            return;
        }
        try (var links = Files.newDirectoryStream(NET.resolve("ipv6/conf"))) {
            for (var link : links) {
                var accept = link.resolve("accept_ra");
                if (Files.exists(accept) && read(accept).equals("1")) {
                    set(NET.relativize(accept).toString(), "2");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("read " + NET, e);
        }
        set("ipv6/conf/all/forwarding", "1");
    }

    /** In a container any user may bind any port and ping, as with Docker. To be called on a thread in its namespace. */
    static void openToAllUsers() {
        set("ipv4/ip_unprivileged_port_start", "0");
        set("ipv4/ping_group_range", "0\t2147483647");
    }

    private static void set(String name, String value) {
        var file = NET.resolve(name);
        if (read(file).equals(value)) {
            return;
        }
        try {
            Files.writeString(file, value);
            LOG.debugf("%s set to %s", file, value);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set " + file + " to " + value, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
