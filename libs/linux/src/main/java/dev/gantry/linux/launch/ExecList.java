package dev.gantry.linux.launch;

import static dev.gantry.linux.ProcessCalls.CLONE_NEWCGROUP;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWIPC;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWNET;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWNS;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWPID;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWUTS;

import dev.gantry.linux.Sys;
import dev.gantry.linux.launch.SyscallList.Cell;
import dev.gantry.linux.launch.SyscallList.Label;
import java.util.ArrayList;
import java.util.List;

/**
 * From an {@link ExecSpec} to the calls that make it true. A first process joins the namespaces, which of pids counts for its children
 * only, and clones the second as its own sibling (CLONE_PARENT): so the launching process is the parent who learns of its end, and no
 * monitor stays. A pure function. The status pipe is {@link ContainerList}'s.
 */
final class ExecList {
    private static final long CLONE_PARENT = 0x8000;
    private static final int NAMESPACES =
            CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP;
    private static final Cell CHILD = Cell.zero("child", 16);
    private static final Cell SCRATCH = Cell.zero("scratch", 8);

    private final ExecSpec spec;
    private final Descriptors fds;
    private final ListWriter out = new ListWriter();
    private final Label failed = new Label("failed");
    private final Label leave = new Label("leave");

    private ExecList(ExecSpec spec) {
        this.spec = spec;
        this.fds = Descriptors.of(spec);
    }

    static SyscallList of(ExecSpec spec) {
        return new ExecList(spec).write();
    }

    private SyscallList write() {
        Label second = new Label("second");
        first(second);
        out.place(second);
        second();
        out.place(failed);
        out.may(Sys.WRITE, status(), Cell.FAILURE, Cell.FAILURE.size());
        out.place(leave);
        out.may(Sys.EXIT_GROUP, 127);
        return out.list(failed);
    }

    private int status() {
        return fds.number(Descriptors.STATUS);
    }

    private void first(Label second) {
        out.descriptors(0, fds.last());
        // Before anybody in the container can see this process: what it has open is the host's
        out.must("", Sys.PRCTL, ContainerList.PR_SET_DUMPABLE, 0);
        out.may(Sys.PRCTL, ContainerList.PR_SET_NAME, "gantry-exec");
        InheritedList inherited = new InheritedList(out);
        inherited.signals();
        inherited.oomScore(spec.program().oomScoreAdjust());
        inherited.processors();
        fds.enter(out, Descriptors.MONITOR_CGROUP, spec.birth());
        out.must("enter the container", Sys.SETNS, fds.number(Descriptors.CONTAINER), NAMESPACES);
        out.whenZero(second, "clone the process", Sys.CLONE3, cloneArguments(), ContainerList.CLONE_ARGS);
        out.storing(CHILD.at(8));
        out.may(Sys.WRITE, status(), CHILD, CHILD.size());
        out.may(Sys.EXIT_GROUP, 0);
    }

    /** No signal of its own: with CLONE_PARENT it is that of the first. */
    private Argument cloneArguments() {
        int group = fds.groupDirectory(Descriptors.CGROUP, spec.cgroup());
        long flags = CLONE_PARENT | (group >= 0 ? ContainerList.CLONE_INTO_CGROUP : 0);
        return Argument.words(flags, 0, 0, 0, 0, 0, 0, 0, 0, 0, Math.max(group, 0));
    }

    private void second() {
        out.descriptors(0, fds.last());
        fds.enter(out, Descriptors.CGROUP, spec.cgroup());
        out.must("", Sys.SETSID);
        out.may(Sys.KEYCTL, ContainerList.KEYCTL_JOIN_SESSION_KEYRING, "_ses.container");
        // The end of the pipe instead of a byte: the launching process died, nobody would know of this one
        out.whenZero(leave, "wait for go", Sys.READ, fds.number(Descriptors.GO), SCRATCH, 1);
        new StdioList(out, spec.program().identity())
                .write(spec.stdio() instanceof ExecStdio.Terminal, own(), status(), fds.last());
        new ProgramList(out, spec.program(), status()).write(leave);
    }

    private List<Integer> own() {
        if (!(spec.stdio() instanceof ExecStdio.Pipes(boolean stdin, boolean stdout, boolean stderr))) {
            return List.of(0, 1, 2);
        }
        List<Integer> own = new ArrayList<>();
        if (stdin) {
            own.add(0);
        }
        if (stdout) {
            own.add(1);
        }
        if (stderr) {
            own.add(2);
        }
        return own;
    }
}
