package dev.gantry.linux.launch;

import static dev.gantry.linux.ProcessCalls.CLONE_NEWCGROUP;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWIPC;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWNET;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWNS;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWPID;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWUTS;

import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Sys;
import dev.gantry.linux.launch.SyscallList.Cell;
import dev.gantry.linux.launch.SyscallList.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From an {@link ExecSpec} to the calls that make it true. A first process joins the namespaces, which of pids counts for its children
 * only, becomes what the program is to be, and clones the second as its own sibling (CLONE_PARENT): so the launching process is the parent who
 * learns of its end, and no monitor stays. Whoever is in the container sees the second alone, and that has no right and no way out that its
 * program will not have: see docs/decisions/0025. A pure function. The status pipe is {@link ContainerList}'s.
 */
final class ExecList {
    private static final long CLONE_PARENT = 0x8000;
    private static final int NAMESPACES =
            CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP;
    private static final Rlimit NO_LIMIT_OF_PROCESSES = new Rlimit(Rlimit.PROCESSES, -1, -1);
    private static final int FIRST_PIPE = 3;
    private static final Cell CHILD = Cell.zero("child", 16);
    private static final Cell SCRATCH = Cell.zero("scratch", 8);

    private final ExecSpec spec;
    private final Descriptors fds;
    private final ListWriter out = new ListWriter();
    private final StdioList stdio;
    private final ProgramList program;
    private final Optional<Rlimit> processes;
    private final Label failed = new Label("failed");
    private final Label leave = new Label("leave");

    private ExecList(ExecSpec spec) {
        this.spec = spec;
        this.fds = Descriptors.of(spec);
        this.stdio = new StdioList(out, spec.program().identity());
        this.program = new ProgramList(out, spec.program(), status());
        this.processes = spec.program().rlimits().stream()
                .filter(limit -> limit.resource() == Rlimit.PROCESSES)
                .findAny();
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
        // Before anybody in the container can see a process of this image
        out.must("", Sys.PRCTL, ContainerList.PR_SET_DUMPABLE, 0);
        out.may(Sys.PRCTL, ContainerList.PR_SET_NAME, "gantry-exec");
        InheritedList inherited = new InheritedList(out);
        inherited.signals();
        inherited.oomScore(spec.program().oomScoreAdjust());
        inherited.processors();
        fds.enter(out, Descriptors.MONITOR_CGROUP, spec.birth());
        out.must("enter the container", Sys.SETNS, fds.number(Descriptors.CONTAINER), NAMESPACES);
        out.may(Sys.KEYCTL, ContainerList.KEYCTL_JOIN_SESSION_KEYRING, "_ses.container");
        stdio.giveToUser(own());
        closeHost();
        confine();
        // The old call: filters see its flags, and many refuse clone3 for they could not see them there. No signal of
        // its own: with CLONE_PARENT it is that of the first
        out.whenZero(second, "clone the process", Sys.CLONE, CLONE_PARENT, 0, 0, 0, 0);
        out.storing(CHILD.at(8));
        out.may(Sys.WRITE, status(), CHILD, CHILD.size());
        out.may(Sys.EXIT_GROUP, 0);
    }

    /** Of what is left the pipes and the groups' files, which lead nowhere, close when the program is executed. */
    private void closeHost() {
        int container = fds.number(Descriptors.CONTAINER);
        out.must("close descriptors", Sys.CLOSE_RANGE, container, 0xffffffffL, 0);
        out.must("close descriptors", Sys.CLOSE_RANGE, FIRST_PIPE, container - 1, FileCalls.CLOSE_RANGE_CLOEXEC);
        out.closed(container, fds.last());
    }

    /** The first would count among the user's processes: their limit is for the second to set, which has no right to raise it any more. */
    private void confine() {
        processes.ifPresent(_ -> program.mayLimit(NO_LIMIT_OF_PROCESSES));
        program.confine(spec.program().rlimits().stream()
                .filter(limit -> limit.resource() != Rlimit.PROCESSES)
                .toList());
    }

    /** All this without a right that its program will not have, and under its filter. */
    private void second() {
        fds.enter(out, Descriptors.CGROUP, spec.cgroup());
        out.must("", Sys.SETSID);
        if (spec.stdio() instanceof ExecStdio.Terminal) {
            stdio.control();
        }
        processes.ifPresent(program::limit);
        // The end of the pipe instead of a byte: the launching process died, nobody would know of this one
        out.whenZero(leave, "wait for go", Sys.READ, fds.number(Descriptors.GO), SCRATCH, 1);
        program.execute(leave);
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
