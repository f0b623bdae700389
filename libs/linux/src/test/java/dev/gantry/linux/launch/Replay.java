package dev.gantry.linux.launch;

import dev.gantry.linux.Sys;
import dev.gantry.linux.launch.SyscallList.Label;
import dev.gantry.linux.launch.SyscallList.Line;
import dev.gantry.linux.launch.SyscallList.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Walks a list in imagination, as a machine whose calls all succeed: keeps the table of descriptors as the kernel does (lowest
 * free number first) and complains when a call uses one that is not open.
 */
final class Replay {
    private static final Set<Sys> OPENING = Set.of(Sys.OPENAT, Sys.OPENAT2, Sys.FSOPEN, Sys.FSMOUNT, Sys.OPEN_TREE);
    private static final Map<Sys, List<Integer>> USING = Map.of(
            Sys.OPENAT2, List.of(0),
            Sys.FSCONFIG, List.of(0),
            Sys.FSMOUNT, List.of(0),
            Sys.OPEN_TREE, List.of(0),
            Sys.MOVE_MOUNT, List.of(0, 2),
            Sys.MOUNT_SETATTR, List.of(0),
            Sys.WRITE, List.of(0),
            Sys.FCHDIR, List.of(0),
            Sys.SETNS, List.of(0),
            Sys.MKNODAT, List.of(0));

    private final NavigableSet<Long> open = new TreeSet<>();
    private final List<Step> made = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private Replay(int last) {
        for (long fd = 0; fd <= last; fd++) {
            open.add(fd);
        }
    }

    /** What pid 1 does up to its execve, when everything succeeds. */
    static Replay ofFirstProcess(LaunchSpec spec, SourceKinds kinds) {
        SyscallList list = ContainerList.of(spec, kinds);
        Replay replay = new Replay(Descriptors.of(spec).last());
        replay.walk(list.lines(), list.lines().indexOf(new Label("pid 1")));
        return replay;
    }

    List<Step> made() {
        return made;
    }

    List<String> complaints() {
        return complaints;
    }

    NavigableSet<Long> open() {
        return open;
    }

    private void walk(List<Line> lines, int from) {
        for (int at = from; at < lines.size(); at++) {
            if (lines.get(at) instanceof Step step) {
                made.add(step);
                if (step.sys() == Sys.EXECVE) {
                    return;
                }
                apply(step);
                if (step.sys() == Sys.SCHED_YIELD) {
                    at = lines.indexOf(step.target().orElseThrow());
                }
            }
        }
    }

    private void apply(Step step) {
        for (int index : USING.getOrDefault(step.sys(), List.of())) {
            long fd = number(step, index);
            if (fd >= 0 && !open.contains(fd)) {
                complaints.add("not open: " + fd + " in " + step);
            }
        }
        if (OPENING.contains(step.sys())) {
            long lowest = 0;
            while (open.contains(lowest)) {
                lowest++;
            }
            open.add(lowest);
        }
        if (step.sys() == Sys.CLOSE && !open.remove(number(step, 0))) {
            complaints.add("closed twice: " + step);
        }
        if (step.sys() == Sys.CLOSE_RANGE && number(step, 2) == 0) {
            open.subSet(number(step, 0), true, Math.max(number(step, 0), number(step, 1)), true)
                    .clear();
        }
    }

    private static long number(Step step, int index) {
        return step.arguments().get(index) instanceof Argument.Word(long value) ? value : -1;
    }
}
