package dev.gantry.linux.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Version 1 (Documentation/admin-guide/cgroup-v1): a hierarchy per controller, groups at {@code <controller>/<instance>/<id>}.
 * Making one container's groups takes about a quarter of a millisecond, so none are kept ready.
 */
final class SplitCgroups implements Cgroups {
    private final CgroupTree tree;
    private final Map<Controller, Path> parents = new EnumMap<>(Controller.class);
    private final Removal removal;
    private final String instance;
    private final Path unified;
    private final Path named;

    /** @param root where the hierarchies are mounted, each below its controller's name */
    SplitCgroups(CgroupTree tree, Path root, String instance) {
        this.tree = tree;
        this.removal = new Removal(tree);
        this.instance = instance;
        this.unified = root.resolve("unified");
        this.named = root.resolve("systemd");
        for (var controller : Controller.values()) {
            var hierarchy = root.resolve(controller.directory());
            if (tree.exists(hierarchy.resolve("tasks"))) {
                parents.put(controller, real(hierarchy).resolve(instance));
            }
        }
    }

    /** Joint controllers are one directory under two names. */
    private static Path real(Path hierarchy) {
        try {
            return hierarchy.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Version version() {
        return Version.V1;
    }

    @Override
    public ContainerCgroup create(String container, Limits limits) {
        var groups = groups(container);
        groups.keySet().removeIf(controller -> !controller.neededBy(limits));
        var made = new ArrayList<Path>();
        try {
            groups.forEach((controller, group) -> make(controller, group, made));
            var cgroup = new SplitCgroup(tree, container, groups);
            if (made.size() < groups.size()) {
                requireEmpty(cgroup);
            }
            cgroup.devices(limits.devices());
            cgroup.update(limits);
            return cgroup;
        } catch (CgroupException e) {
            undo(container, made, e);
            throw e;
        }
    }

    private void make(Controller controller, Path group, List<Path> made) {
        var parent = parents.getOrDefault(controller, group);
        if (tree.make(parent)) {
            inheritCpuset(controller, parent);
        }
        if (tree.make(group)) {
            made.add(group);
        }
        inheritCpuset(controller, group);
    }

    /** A new cpuset is empty and takes no task. */
    private void inheritCpuset(Controller controller, Path group) {
        if (controller != Controller.CPUSET) {
            return;
        }
        for (var file : List.of("cpuset.cpus", "cpuset.mems")) {
            if (tree.read(group.resolve(file)).orElse("").isEmpty()) {
                tree.read(group.resolveSibling(file)).ifPresent(value -> tree.write(group.resolve(file), value));
            }
        }
    }

    private static void requireEmpty(ContainerCgroup cgroup) {
        var processes = cgroup.processes();
        if (!processes.isEmpty()) {
            throw new CgroupException(
                    "cgroup of container " + cgroup.container() + " is in use by " + processes.size() + " processes");
        }
    }

    private void undo(String container, List<Path> made, CgroupException cause) {
        try {
            removal.remove(container, made);
        } catch (CgroupException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public Optional<ContainerCgroup> find(String container) {
        var groups = groups(container);
        groups.values().removeIf(group -> !tree.exists(group));
        return groups.isEmpty() ? Optional.empty() : Optional.of(new SplitCgroup(tree, container, groups));
    }

    @Override
    public List<String> list() {
        Set<String> found = new TreeSet<>();
        for (var parent : Set.copyOf(parents.values())) {
            tree.children(parent).stream()
                    .map(child -> child.getFileName().toString())
                    .filter(ContainerIds::valid)
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    @Override
    public void remove(String container) {
        removal.remove(container, distinct(groups(container).values()));
    }

    /** A version 2 hierarchy beside, as systemd mounts it on a hybrid host, or its older one without controllers. */
    @Override
    public Optional<CgroupEntry> monitors() {
        return monitorGroup().map(group -> {
            tree.makeBoth(group);
            return group.startsWith(unified)
                    ? new CgroupEntry.Directory(group)
                    : new CgroupEntry.Tasks(List.of(group.resolve("tasks")));
        });
    }

    @Override
    public void removeMonitors() {
        monitorGroup().filter(tree::remove).map(Path::getParent).ifPresent(tree::remove);
    }

    private Optional<Path> monitorGroup() {
        if (tree.exists(unified.resolve("cgroup.procs"))) {
            return Optional.of(unified.resolve(instance).resolve(UnifiedCgroups.MONITORS));
        }
        return tree.exists(named.resolve("tasks"))
                ? Optional.of(named.resolve(instance).resolve(UnifiedCgroups.MONITORS))
                : Optional.empty();
    }

    private static List<Path> distinct(Collection<Path> groups) {
        return groups.stream().distinct().toList();
    }

    private Map<Controller, Path> groups(String container) {
        var valid = ContainerIds.require(container);
        return parents.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().resolve(valid),
                        (left, right) -> left,
                        () -> new EnumMap<>(Controller.class)));
    }
}
