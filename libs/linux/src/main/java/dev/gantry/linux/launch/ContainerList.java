package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.AT_EMPTY_PATH;
import static dev.gantry.linux.FileCalls.AT_FDCWD;
import static dev.gantry.linux.MountCalls.AT_RECURSIVE;
import static dev.gantry.linux.MountCalls.MNT_DETACH;
import static dev.gantry.linux.MountCalls.MOUNT_ATTR_RDONLY;
import static dev.gantry.linux.MountCalls.MOVE_MOUNT_F_EMPTY_PATH;
import static dev.gantry.linux.MountCalls.MS_PRIVATE;
import static dev.gantry.linux.MountCalls.MS_REC;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWCGROUP;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWIPC;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWNET;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWNS;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWPID;
import static dev.gantry.linux.ProcessCalls.CLONE_NEWUTS;
import static dev.gantry.linux.ProcessCalls.WEXITED;

import dev.gantry.linux.MountCalls;
import dev.gantry.linux.Siginfo;
import dev.gantry.linux.Sys;
import dev.gantry.linux.launch.SyscallList.Cell;
import dev.gantry.linux.launch.SyscallList.Label;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * From a {@link LaunchSpec} to the calls that make it true: first the monitor's, then those of pid 1, which branch off at the
 * clone. A pure function.
 *
 * <p>On the status pipe goes: from the monitor {0, pid}; from whoever fails {address of the record, errno}; when no
 * program could be executed {-1, what opening it as a directory gave, what each execve gave...}. Its end without a failure says that the program runs.
 */
final class ContainerList {
    static final int SIGCHLD = 17;

    static final int PR_SET_DUMPABLE = 4;
    static final int PR_SET_NAME = 15;
    private static final int CLONE_PIDFD = 0x1000;
    static final long CLONE_INTO_CGROUP = 0x200000000L;
    static final int CLONE_ARGS = 88;
    private static final int POLLIN = 1;
    static final int KEYCTL_JOIN_SESSION_KEYRING = 1;

    private static final Cell CHILD = Cell.zero("child", 16);
    private static final Cell SIGINFO = Cell.zero("siginfo", Siginfo.SIZE);
    private static final Cell SCRATCH = Cell.zero("scratch", 8);

    private final LaunchSpec spec;
    private final Descriptors fds;
    private final ListWriter out = new ListWriter();
    private final Cell poll;
    private final Label failed = new Label("failed");
    private final Label leave = new Label("leave");

    private ContainerList(LaunchSpec spec) {
        this.spec = spec;
        this.fds = Descriptors.of(spec);
        this.poll = new Cell("poll", pollfds(fds.number(Descriptors.INPUT_CLOSE)));
    }

    /**
     * The list.
     *
     * @param kinds what the sources of the binds are, which only the host knows
     */
    static SyscallList of(LaunchSpec spec, SourceKinds kinds) {
        return new ContainerList(spec).write(kinds);
    }

    private SyscallList write(SourceKinds kinds) {
        Label first = new Label("pid 1");
        monitor(first);
        out.place(first);
        enter();
        attachRoot();
        new MountList(out, spec, fds, kinds).write();
        leaveHost();
        waitForGo();
        stdio();
        new ProgramList(out, spec.program(), status()).write(leave);
        out.place(failed);
        out.may(Sys.WRITE, status(), Cell.FAILURE, Cell.FAILURE.size());
        out.place(leave);
        // Nobody may know of this container yet, so nobody would release its monitor
        out.may(Sys.WRITE, fds.number(Descriptors.RELEASE), Signals.ONE, Signals.ONE.length);
        out.may(Sys.EXIT_GROUP, 127);
        return out.list(failed);
    }

    private int status() {
        return fds.number(Descriptors.STATUS);
    }

    private void monitor(Label child) {
        out.descriptors(0, fds.last());
        out.must("", Sys.PRCTL, PR_SET_DUMPABLE, 0);
        out.may(Sys.PRCTL, PR_SET_NAME, "gantry-monitor");
        out.must("", Sys.SETSID);
        new InheritedList(out).signals();
        fds.enter(out, Descriptors.MONITOR_CGROUP, spec.monitorCgroup());
        // Here and not in the clone: these namespaces are taken down when the monitor exits, after it has told of the
        // exit
        out.must("unshare namespaces", Sys.UNSHARE, ownNamespaces());
        out.whenZero(child, "clone the first process", Sys.CLONE3, cloneArguments(), CLONE_ARGS);
        out.storing(CHILD.at(8));
        out.may(Sys.WRITE, status(), CHILD, CHILD.size());
        out.may(Sys.CLOSE_RANGE, 0, Descriptors.FIRST_KEPT - 1, 0);
        out.may(Sys.CLOSE_RANGE, fds.lastKept() + 1, fds.last(), 0);
        if (fds.has(Descriptors.INPUT)) {
            untilControlled();
        }
        out.may(Sys.WAITID, 0, 0, SIGINFO, WEXITED, 0);
        out.may(Sys.PWRITE64, fds.number(Descriptors.EXIT_FILE), SIGINFO, Siginfo.SIZE, 0);
        out.may(Sys.WRITE, fds.number(Descriptors.EXIT_WRITE), SIGINFO, Siginfo.SIZE);
        // Whoever is to read the rest of the output may be away: the read ends live as long as this process does
        out.may(Sys.READ, fds.number(Descriptors.RELEASE), SCRATCH, SCRATCH.size());
        out.may(Sys.EXIT_GROUP, 0);
    }

    /** Waits for the child's end or for word that tells the monitor to let go of the container's input. */
    private void untilControlled() {
        Label ended = out.newLabel("ended");
        out.may(Sys.PPOLL, poll, 2, 0, 0, 8);
        out.orElse(ended, Sys.READ, fds.number(Descriptors.INPUT_CLOSE), SCRATCH, SCRATCH.size());
        out.may(Sys.CLOSE, fds.number(Descriptors.INPUT));
        out.place(ended);
    }

    private long ownNamespaces() {
        Namespaces own = spec.namespaces();
        return CLONE_NEWNS | (own.uts() ? CLONE_NEWUTS : 0) | (own.ipc() ? CLONE_NEWIPC : 0);
    }

    /** struct clone_args; the pidfd it stores is the first descriptor to poll. */
    private Argument cloneArguments() {
        long flags = CLONE_PIDFD
                | (spec.namespaces().pid() ? CLONE_NEWPID : 0)
                | (groupDirectory() >= 0 ? CLONE_INTO_CGROUP : 0);
        return Argument.words(flags, poll, 0, 0, SIGCHLD, 0, 0, 0, 0, 0, Math.max(groupDirectory(), 0));
    }

    private int groupDirectory() {
        return fds.groupDirectory(Descriptors.CGROUP, spec.cgroup());
    }

    private void enter() {
        out.descriptors(0, fds.last());
        int release = fds.number(Descriptors.RELEASE);
        out.may(Sys.CLOSE_RANGE, Descriptors.FIRST_KEPT, release - 1, 0);
        out.closed(Descriptors.FIRST_KEPT, release - 1);
        out.may(Sys.UMASK, 0);
        // Before anything is mounted
        new InheritedList(out).oomScore(spec.program().oomScoreAdjust());
        fds.enter(out, Descriptors.CGROUP, spec.cgroup());
        new InheritedList(out).processors();
        if (spec.namespaces().cgroup()) {
            out.must("unshare the cgroup namespace", Sys.UNSHARE, CLONE_NEWCGROUP);
        }
        if (fds.has(Descriptors.NETWORK)) {
            out.must("enter the network namespace", Sys.SETNS, fds.number(Descriptors.NETWORK), CLONE_NEWNET);
        }
        out.must("", Sys.SETSID);
        out.may(Sys.KEYCTL, KEYCTL_JOIN_SESSION_KEYRING, "_ses.container");
    }

    private void attachRoot() {
        int root = fds.number(Descriptors.ROOT);
        out.must("make the mounts private", Sys.MOUNT, 0, "/", 0, MS_REC | MS_PRIVATE, 0);
        out.must(
                "make the root private",
                Sys.MOUNT_SETATTR,
                root,
                "",
                AT_EMPTY_PATH | AT_RECURSIVE,
                MountCalls.mountAttr(0, 0, MS_PRIVATE),
                32);
        // Any directory does, it is left behind by pivot_root
        out.must("attach the root", Sys.MOVE_MOUNT, root, "", AT_FDCWD, "/proc", MOVE_MOUNT_F_EMPTY_PATH);
    }

    private void leaveHost() {
        out.must("enter the root", Sys.FCHDIR, fds.number(Descriptors.ROOT));
        out.must("change the root", Sys.PIVOT_ROOT, ".", ".");
        out.must("detach the old root", Sys.UMOUNT2, ".", MNT_DETACH);
        out.must("enter the new root", Sys.CHDIR, "/");
        name(Sys.SETHOSTNAME, spec.namespaces().hostname());
        name(Sys.SETDOMAINNAME, spec.namespaces().domainname());
        if (spec.root().readOnly()) {
            out.must(
                    "make the root read-only",
                    Sys.MOUNT_SETATTR,
                    fds.number(Descriptors.ROOT),
                    "",
                    AT_EMPTY_PATH,
                    MountCalls.mountAttr(MOUNT_ATTR_RDONLY, 0, 0),
                    32);
        }
    }

    private void name(Sys call, String name) {
        if (!name.isEmpty() && spec.namespaces().uts()) {
            int length = name.getBytes(StandardCharsets.UTF_8).length;
            out.must(call.callName() + " " + name, call, name, length);
        }
    }

    private void waitForGo() {
        // The end of the pipe instead of a byte: the agent died, nobody would know of this container
        out.whenZero(leave, "wait for go", Sys.READ, fds.number(Descriptors.GO), SCRATCH, 1);
    }

    private void stdio() {
        boolean input = !(spec.stdio() instanceof Stdio.Pipes(boolean open)) || open;
        new StdioList(out, spec.program().identity())
                .write(
                        spec.stdio() instanceof Stdio.Terminal,
                        input ? List.of(0, 1, 2) : List.of(1, 2),
                        status(),
                        fds.last());
    }

    /** Two struct pollfd: the kernel writes the child's pidfd into the first. */
    private static Bytes pollfds(int inputClose) {
        ByteBuffer fds = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        fds.putInt(-1).putShort((short) POLLIN).putShort((short) 0);
        fds.putInt(inputClose).putShort((short) POLLIN).putShort((short) 0);
        return Bytes.of(fds.array());
    }
}
