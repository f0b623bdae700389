package dev.gantry.e2e.harness;

import dev.gantry.linux.Kernel;
import dev.gantry.linux.cgroup.Cgroups;
import dev.gantry.linux.cgroup.HostCgroups;
import dev.gantry.linux.netlink.RouteSocket;
import dev.gantry.linux.nftables.PlatformTable;
import dev.gantry.platform.os.ProcessId;
import dev.gantry.service.instance.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A loss of power, as far as one instance is concerned: nothing of it that lives in memory is left, and nobody had time to write anything down. Only
 * what carries the instance's name is touched.
 */
final class HostDeath {
    private static final Duration GONE = Duration.ofSeconds(30);
    private static final byte[] NOTHING = {};

    private final Instance instance;

    HostDeath(Instance instance) {
        this.instance = instance;
    }

    void happen() {
        // whoever would start others again goes first, and the agent before containers, whose ends it would journal
        Stream.of("keeper", "launcher", "agent").forEach(name -> pidFile(name).ifPresent(HostDeath::kill));
        postgres();
        pidFiles().forEach(HostDeath::kill);
        // and monitors before those whose exit codes they would write
        killAll("/" + instance.cgroup() + "/monitors");
        killAll("/" + instance.cgroup() + "/");
        unmount();
        cgroups();
        network();
        run("rm", "-rf", instance.run().toString());
    }

    /** Its sessions are its children, and they hold its shared memory. */
    private void postgres() {
        read(instance.data().resolve("postgres/server/pid")).ifPresent(server -> {
            var sessions = ProcessHandle.of(server.pid()).stream()
                    .flatMap(ProcessHandle::children)
                    .flatMap(child -> ProcessId.of(child.pid()).stream())
                    .toList();
            kill(server);
            sessions.forEach(HostDeath::kill);
        });
    }

    private Optional<ProcessId> pidFile(String name) {
        return read(instance.run().resolve("pids").resolve(name + ".pid"));
    }

    private List<ProcessId> pidFiles() {
        try (var files = Files.list(instance.run().resolve("pids"))) {
            return files.filter(file -> file.toString().endsWith(".pid"))
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ProcessId> read(Path file) {
        try {
            return ProcessId.parse(Files.readString(file)).filter(ProcessId::alive);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static void kill(ProcessId process) {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
        Await.until("process " + process.pid() + " is gone", GONE, () -> !process.alive());
    }

    private static void killAll(String group) {
        Await.until("nobody is in a group of " + group, GONE, () -> {
            var members = members(group);
            members.forEach(member -> ProcessHandle.of(member.pid()).ifPresent(ProcessHandle::destroyForcibly));
            return members.isEmpty();
        });
    }

    private static List<ProcessId> members(String group) {
        return ProcessHandle.allProcesses()
                .filter(process -> isIn(process.pid(), group))
                .flatMap(process -> ProcessId.of(process.pid()).stream())
                .filter(ProcessId::alive)
                .toList();
    }

    private static boolean isIn(long pid, String group) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cgroup")).lines().anyMatch(line -> line.contains(group));
        } catch (IOException ended) {
            return false;
        }
    }

    private void unmount() {
        for (var line : Leftovers.of(instance).mounts()) {
            run("umount", "-l", line.split(" ", -1)[4]);
        }
    }

    private void cgroups() {
        Cgroups cgroups = HostCgroups.of(instance.cgroup());
        cgroups.list().forEach(cgroups::remove);
        cgroups.removeMonitors();
        try (var hierarchies = Files.newDirectoryStream(Path.of("/sys/fs/cgroup"))) {
            for (var hierarchy : hierarchies) {
                Files.deleteIfExists(hierarchy.resolve(instance.cgroup()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void network() {
        try (var links = RouteSocket.open(Kernel.real());
                var table = PlatformTable.open(Kernel.real(), instance.nftablesTable())) {
            links.links().stream()
                    .filter(link -> link.alias().startsWith(instance.cgroup() + "/"))
                    .forEach(link -> links.delete(link.name()));
            table.remove();
        }
    }

    private static void run(String... words) {
        new Command(List.of(words), Map.of(), NOTHING, GONE).run();
    }
}
