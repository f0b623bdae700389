package dev.gantry.linux.cgroup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Freezing takes as long as the slowest process takes to leave the kernel. */
final class Freezer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CgroupTree tree;
    private final String container;

    Freezer(CgroupTree tree, String container) {
        this.tree = tree;
        this.container = container;
    }

    /** Version 1: the state is asked for again and again, as new processes may appear while it freezes. */
    void await(Optional<Path> state, String write, String expected) {
        var file = state.filter(tree::exists)
                .orElseThrow(() -> new CgroupException("the host has no cgroup controller freezer"));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        tree.write(file, write);
        while (!tree.read(file).orElse(expected).equals(expected)) {
            refuseAfter(deadline);
            Removal.pause(1);
            tree.write(file, write);
        }
    }

    /** Version 2 says in cgroup.events when it is done. */
    void awaitFrozen(Path events) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (new KeyedText(tree.read(events).orElse("frozen 1")).value("frozen") != 1) {
            refuseAfter(deadline);
            Removal.pause(1);
        }
    }

    private void refuseAfter(long deadline) {
        if (System.nanoTime() - deadline > 0) {
            throw new CgroupException("container " + container + " did not freeze within " + PATIENCE);
        }
    }
}
