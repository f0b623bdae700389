package dev.gantry.linux.cgroup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Version 2 (Documentation/admin-guide/cgroup-v2.rst): one hierarchy, groups at {@code <instance>/<id>}. */
final class UnifiedCgroups implements Cgroups {
    private static final Set<String> WANTED = Set.of("cpuset", "cpu", "io", "memory", "pids");

    /** Not the name of a container: those are of hex digits. */
    static final String MONITORS = "monitors";

    private final CgroupTree tree;
    private final Path root;
    private final Path parent;
    private final Removal removal;
    private final DeviceGate gate;

    UnifiedCgroups(CgroupTree tree, Path root, String instance, DeviceGate gate) {
        this.tree = tree;
        this.root = root;
        this.parent = root.resolve(instance);
        this.removal = new Removal(tree);
        this.gate = gate;
    }

    @Override
    public Version version() {
        return Version.V2;
    }

    @Override
    public ContainerCgroup create(String container, Limits limits) {
        if (!tree.exists(parent)) {
            makeParent();
        }
        var group = group(container);
        if (!tree.make(group)) {
            takeOver(container, group);
        }
        try {
            var cgroup = new UnifiedCgroup(tree, container, group);
            if (!limits.devices().everything()) {
                gate.close(group, limits.devices());
            }
            cgroup.update(limits);
            return cgroup;
        } catch (CgroupException e) {
            tree.remove(group);
            throw e;
        }
    }

    /** Made anew, as limits and device filters of the failed start would count on. */
    private void takeOver(String container, Path group) {
        int processes = new UnifiedCgroup(tree, container, group).processes().size();
        if (processes > 0) {
            throw new CgroupException("cgroup of container " + container + " is in use by " + processes + " processes");
        }
        removal.remove(container, List.of(group));
        tree.make(group);
    }

    /** A controller counts in a group only when every group above it hands it down. */
    private void makeParent() {
        handDown(root);
        tree.make(parent);
        handDown(parent);
    }

    private void handDown(Path group) {
        var available = List.of(
                tree.read(group.resolve("cgroup.controllers")).orElse("").split(" "));
        var active = List.of(
                tree.read(group.resolve("cgroup.subtree_control")).orElse("").split(" "));
        for (var controller : available) {
            if (WANTED.contains(controller) && !active.contains(controller)) {
                tree.write(group.resolve("cgroup.subtree_control"), "+" + controller);
            }
        }
    }

    @Override
    public Optional<ContainerCgroup> find(String container) {
        var group = group(container);
        return tree.exists(group) ? Optional.of(new UnifiedCgroup(tree, container, group)) : Optional.empty();
    }

    @Override
    public List<String> list() {
        return tree.children(parent).stream()
                .map(child -> child.getFileName().toString())
                .filter(ContainerIds::valid)
                .sorted()
                .toList();
    }

    @Override
    public void remove(String container) {
        removal.remove(container, List.of(group(container)));
    }

    @Override
    public Optional<CgroupEntry> monitors() {
        if (!tree.exists(parent)) {
            makeParent();
        }
        var group = parent.resolve(MONITORS);
        tree.make(group);
        return Optional.of(new CgroupEntry.Directory(group));
    }

    @Override
    public void removeMonitors() {
        if (tree.remove(parent.resolve(MONITORS))) {
            tree.remove(parent);
        }
    }

    private Path group(String container) {
        return parent.resolve(ContainerIds.require(container));
    }
}
