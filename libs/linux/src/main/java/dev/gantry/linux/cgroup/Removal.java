package dev.gantry.linux.cgroup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Removes groups with what a container made below them, waiting a while for its last process to be reaped. */
final class Removal {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CgroupTree tree;
    private final Duration patience;

    Removal(CgroupTree tree) {
        this(tree, PATIENCE);
    }

    Removal(CgroupTree tree, Duration patience) {
        this.tree = tree;
        this.patience = patience;
    }

    void remove(String container, List<Path> groups) {
        long deadline = System.nanoTime() + patience.toNanos();
        long pause = 1;
        while (!removedAll(groups)) {
            if (System.nanoTime() - deadline > 0) {
                throw new CgroupException("cgroup of container " + container + " is busy: processes remain in "
                        + groups.stream().filter(tree::exists).toList());
            }
            pause(pause);
            pause = Math.min(pause * 2, 50);
        }
    }

    private boolean removedAll(List<Path> groups) {
        boolean all = true;
        for (var group : groups) {
            // Most have nothing below them, and to list one costs a look at each of its files. Even when one is busy
            // the others are freed.
            all &= tree.remove(group) || (removedAll(tree.children(group)) && tree.remove(group));
        }
        return all;
    }

    static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CgroupException("interrupted while waiting for a cgroup", e);
        }
    }
}
