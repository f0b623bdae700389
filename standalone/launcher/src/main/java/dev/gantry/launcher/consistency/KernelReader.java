package dev.gantry.launcher.consistency;

import dev.gantry.launcher.consistency.KernelFacts.HostLink;
import dev.gantry.launcher.consistency.KernelFacts.Inside;
import dev.gantry.launcher.consistency.KernelFacts.LedPort;
import dev.gantry.launcher.consistency.KernelFacts.Listener;
import dev.gantry.linux.Errno;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.cgroup.HostCgroups;
import dev.gantry.linux.netlink.Link;
import dev.gantry.linux.netlink.NetlinkException;
import dev.gantry.linux.netlink.RouteSocket;
import dev.gantry.linux.nftables.PlatformTable;
import dev.gantry.linux.nftables.Publication;
import dev.gantry.service.instance.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at the kernel of this host, past everything that believes to know it. Changes nothing. */
final class KernelReader {
    private static final List<String> PROTOCOLS = List.of("tcp", "udp");

    private final Instance instance;

    KernelReader(Instance instance) {
        this.instance = instance;
    }

    /** @param running first processes by container */
    KernelFacts read(Map<String, Integer> running) {
        try {
            Map<String, Inside> insides = new HashMap<>();
            running.forEach((container, pid) -> inside(pid).ifPresent(found -> insides.put(container, found)));
            return new KernelFacts(
                    new ProcessTable(instance.cgroup()).read(),
                    Set.copyOf(HostCgroups.of(instance.cgroup()).list()),
                    MountTable.pointsBelow(
                            Files.readString(Path.of("/proc/self/mountinfo")),
                            instance.data().resolve("agent").toString()),
                    insides,
                    links(),
                    table(),
                    listeners());
        } catch (IOException e) {
            throw new UncheckedIOException("look at the kernel", e);
        }
    }

    /** Nothing when it ends meanwhile. */
    private static Optional<Inside> inside(int pid) {
        var process = Path.of("/proc", String.valueOf(pid));
        try {
            var mounts = Files.readString(process.resolve("mountinfo"));
            var routes = Files.readString(process.resolve("net/fib_trie"));
            return Optional.of(new Inside(
                    MountTable.rootType(mounts),
                    MountTable.upper(mounts),
                    MountTable.all(mounts),
                    RouteTable.own(routes)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<HostLink> links() {
        try (var routes = RouteSocket.open(Kernel.real())) {
            var all = routes.links();
            Map<Integer, String> names = new HashMap<>();
            all.forEach(link -> names.put(link.index(), link.name()));
            return all.stream()
                    .filter(link -> link.kind().equals("bridge") || link.alias().startsWith(alias()))
                    .map(link -> link(link, names))
                    .toList();
        }
    }

    private String alias() {
        return instance.cgroup() + "/";
    }

    private HostLink link(Link link, Map<Integer, String> names) {
        var owner = link.alias().startsWith(alias()) ? link.alias().substring(alias().length()) : "";
        return new HostLink(link.name(), link.kind(), owner, names.getOrDefault(link.master(), ""));
    }

    private Optional<List<LedPort>> table() {
        try (var table = PlatformTable.open(Kernel.real(), instance.nftablesTable())) {
            return Optional.of(
                    table.publications().stream().map(KernelReader::port).toList());
        } catch (NetlinkException e) {
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static LedPort port(Publication publication) {
        return new LedPort(
                publication.protocol().toString(),
                publication.host().map(InetAddress::getHostAddress).orElse(""),
                publication.hostPort(),
                publication.target().getHostAddress(),
                publication.targetPort());
    }

    private List<Listener> listeners() throws IOException {
        var sockets = socketsOfTheAgent();
        var found = new ArrayList<Listener>();
        for (var protocol : PROTOCOLS) {
            for (var family : List.of("", "6")) {
                var file = Path.of("/proc/net/" + protocol + family);
                if (Files.exists(file)) {
                    found.addAll(SocketTable.listeners(Files.readString(file), protocol, sockets));
                }
            }
        }
        return found;
    }

    private Set<Long> socketsOfTheAgent() {
        var inodes = new HashSet<Long>();
        try {
            var pid = Files.readString(instance.run().resolve("pids").resolve("agent.pid"))
                    .split(" ", -1)[0];
            try (var descriptors = Files.newDirectoryStream(Path.of("/proc", pid, "fd"))) {
                for (var descriptor : descriptors) {
                    socket(descriptor).ifPresent(inodes::add);
                }
            }
        } catch (IOException e) {
            return Set.of(); // no agent: it listens nowhere
        }
        return inodes;
    }

    private static Optional<Long> socket(Path descriptor) {
        try {
            return SocketTable.inode(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException closedMeanwhile) {
            return Optional.empty();
        }
    }
}
