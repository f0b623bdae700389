package dev.gantry.launcher.consistency;

import dev.gantry.contracts.rpc.HostedContainer;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.launcher.consistency.KernelFacts.HostProcess;
import dev.gantry.launcher.consistency.KernelFacts.InnerMount;
import dev.gantry.launcher.consistency.KernelFacts.Inside;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The agent's journals against processes, monitors, cgroups and mounts. */
final class ProcessCheck {
    private static final String NEW_AGENT = "end the agent's process: a new one settles it";

    private final Facts facts;
    private final Map<Integer, HostProcess> processes = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private ProcessCheck(Facts facts) {
        this.facts = facts;
        facts.kernel().processes().forEach(process -> processes.put(process.pid(), process));
    }

    static List<Finding> of(Facts facts) {
        var check = new ProcessCheck(facts);
        if (facts.know(Store.AGENT)) {
            facts.hosted().values().forEach(check::container);
            check.strays();
        }
        check.mountsOfTheHost();
        return check.findings;
    }

    private void container(HostedContainer container) {
        if (container.getRunning()) {
            running(container);
        } else if (!container.getCleaned()) {
            add(
                    "not-cleaned",
                    container.getId(),
                    "run " + container.getRun() + " has ended and what it used is not given back",
                    List.of(Store.AGENT),
                    List.of(),
                    NEW_AGENT);
        }
    }

    private void running(HostedContainer container) {
        var id = container.getId();
        if (!container.getWatched()) {
            add(
                    "not-watched",
                    id,
                    "run " + container.getRun() + " is on and nobody waits for its end",
                    List.of(Store.AGENT),
                    List.of(),
                    NEW_AGENT);
        }
        if (!alive(container.getPid(), container.getStartTime())) {
            add(
                    "process-gone",
                    id,
                    "process " + container.getPid() + " of run " + container.getRun() + " is gone",
                    List.of(Store.AGENT),
                    List.of(Store.KERNEL),
                    NEW_AGENT);
            return;
        }
        if (!alive(container.getMonitorPid(), container.getMonitorStartTime())) {
            add(
                    "monitor-gone",
                    id,
                    "its monitor, process " + container.getMonitorPid() + ", is gone",
                    List.of(Store.AGENT),
                    List.of(Store.KERNEL),
                    "it runs on; its exit code is lost if the agent dies before it: docker restart it when that suits");
        }
        if (!facts.kernel().cgroups().contains(id)) {
            add(
                    "cgroup-gone",
                    id,
                    "has no cgroup, so no limits",
                    List.of(Store.AGENT),
                    List.of(Store.KERNEL),
                    "docker restart it");
        } else if (!isIn(id, container.getPid())) {
            add(
                    "outside-its-cgroup",
                    id,
                    "process " + container.getPid() + " is not in its cgroup",
                    List.of(Store.AGENT),
                    List.of(Store.KERNEL),
                    "docker restart it");
        }
        Optional.ofNullable(facts.kernel().insides().get(id)).ifPresent(inside -> mounts(container, inside));
    }

    private void mounts(HostedContainer container, Inside inside) {
        var id = container.getId();
        if (!inside.rootType().equals("overlay")
                || (inside.upper().contains("/containers/") && !inside.upper().contains(id))) {
            add(
                    "other-root",
                    id,
                    "its root is not the overlay that was made for it but " + inside.rootType() + " " + inside.upper(),
                    List.of(Store.AGENT),
                    List.of(Store.KERNEL),
                    "docker restart it");
        }
        for (var mount : container.getMountsList()) {
            if (inside.mounts().stream().noneMatch(point -> is(point, mount))) {
                add(
                        "mount-gone",
                        id,
                        mount.getType() + " " + mount.getSource() + " is not mounted at " + mount.getTarget(),
                        List.of(Store.AGENT),
                        List.of(Store.KERNEL),
                        "docker restart it, unless its program has unmounted it itself");
            }
        }
    }

    /** A target may lead over symbolic links of the image: its last part stays. */
    private static boolean is(InnerMount point, MountPlan plan) {
        var volume = plan.getType().equals("volume") && point.source().contains("/" + plan.getSource() + "/_data");
        return volume || lastPart(point.point()).equals(lastPart(plan.getTarget()));
    }

    private static String lastPart(String path) {
        var trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    private boolean alive(int pid, long startTime) {
        var process = processes.get(pid);
        return process != null && !process.zombie() && process.startTime() == startTime;
    }

    private boolean isIn(String group, int pid) {
        return Optional.ofNullable(processes.get(pid))
                .flatMap(HostProcess::container)
                .filter(group::equals)
                .isPresent();
    }

    private void strays() {
        var running = new HashSet<String>();
        var monitors = new HashSet<Integer>();
        for (var container : facts.hosted().values()) {
            if (container.getRunning() || container.getOrdersOpen()) {
                running.add(container.getId());
            }
            monitors.add(container.getMonitorPid());
        }
        for (var process : facts.kernel().processes()) {
            stray(process, running, monitors);
        }
        for (var group : facts.kernel().cgroups()) {
            if (!running.contains(group)) {
                add(
                        "cgroup-left",
                        group,
                        "has a cgroup and does not run",
                        List.of(Store.KERNEL),
                        List.of(Store.AGENT),
                        NEW_AGENT);
            }
        }
    }

    private void stray(HostProcess process, Set<String> running, Set<Integer> monitors) {
        if (process.zombie()) {
            return;
        }
        if (process.container().isPresent()
                && !running.contains(process.container().get())) {
            add(
                    "process-left",
                    process.container().get(),
                    "process " + process.pid() + " is in its cgroup, but it does not run",
                    List.of(Store.KERNEL),
                    List.of(Store.AGENT),
                    NEW_AGENT);
        }
        if (process.monitor() && !monitors.contains(process.pid())) {
            findings.add(new Finding(
                    "monitor-left",
                    "process " + process.pid(),
                    "is a monitor of no container",
                    List.of(Store.KERNEL),
                    List.of(Store.AGENT),
                    "kill " + process.pid()));
        }
    }

    private void mountsOfTheHost() {
        for (var point : facts.kernel().mounts()) {
            findings.add(new Finding(
                    "mount-left",
                    "mount " + point,
                    "nothing is mounted here for longer than a moment",
                    List.of(Store.KERNEL),
                    List.of(),
                    "umount " + point));
        }
    }

    private void add(String kind, String id, String what, List<Store> known, List<Store> missing, String remedy) {
        findings.add(new Finding(kind, facts.container(id), what, known, missing, remedy));
    }
}
