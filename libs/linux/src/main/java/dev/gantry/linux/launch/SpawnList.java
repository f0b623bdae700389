package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.AT_EMPTY_PATH;
import static dev.gantry.linux.FileCalls.O_CLOEXEC;

import dev.gantry.linux.Sys;
import dev.gantry.linux.launch.SyscallList.Cell;
import dev.gantry.linux.launch.SyscallList.Label;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The list that the launching thread itself walks: it clones a child that shares its memory and waits for it (as vfork does),
 * and the child turns into the monitor by executing an image. A pure function.
 *
 * <p>Every step of the parent may fail without consequence but that Java reads it from {@link #CLONED}: a fatal failure there
 * would end the JVM.
 */
final class SpawnList {
    /** What clone3 returned: the child's pid, or a negative errno. */
    static final Cell CLONED = Cell.zero("cloned", 8);

    /** The child's pidfd. */
    static final Cell PIDFD = Cell.zero("pidfd", 8);

    private static final int SIG_SETMASK = 2;
    private static final long CLONE_VM = 0x100;
    private static final long CLONE_PIDFD = 0x1000;
    private static final long CLONE_VFORK = 0x4000;
    private static final long CLONE_CLEAR_SIGHAND = 0x100000000L;
    private static final long CLONE_INTO_CGROUP = 0x200000000L;
    private static final int CLONE_ARGS = 88;
    private static final Cell OLD_MASK = Cell.zero("old mask", 8);

    private SpawnList() {}

    /**
     * The list.
     *
     * @param name the first argument of the image
     * @param sources descriptors of this process that become 0, 1, 2 and so on in the child; each number is larger than all of
     *     those
     * @param image the descriptor of the executable, as large
     * @param group a version 2 cgroup directory for the child
     */
    static SyscallList of(String name, List<Integer> sources, int image, OptionalInt group) {
        ListWriter out = new ListWriter();
        Label child = new Label("child");
        Label failed = new Label("failed");
        byte[] all = new byte[8];
        Arrays.fill(all, (byte) -1);
        // A signal handler of the JVM must not run in the child; and the monitor keeps all signals blocked for good
        out.may(Sys.RT_SIGPROCMASK, SIG_SETMASK, all, OLD_MASK, 8);
        long flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | CLONE_CLEAR_SIGHAND;
        flags |= group.isPresent() ? CLONE_INTO_CGROUP : 0;
        Argument arguments = Argument.words(flags, PIDFD, 0, 0, ContainerList.SIGCHLD, 0, 0, 0, 0, 0, group.orElse(0));
        out.mayWhenZero(child, Sys.CLONE3, arguments, CLONE_ARGS);
        out.storing(CLONED.at(0));
        out.may(Sys.RT_SIGPROCMASK, SIG_SETMASK, OLD_MASK, 0, 8);
        out.end();
        out.place(child);
        for (int i = 0; i < sources.size(); i++) {
            out.must("duplicate descriptor " + i, Sys.DUP3, sources.get(i), i, 0);
        }
        int last = sources.size();
        out.must("duplicate the image", Sys.DUP3, image, last, O_CLOEXEC);
        // The JDK opens descriptors without O_CLOEXEC
        out.must("close descriptors", Sys.CLOSE_RANGE, last + 1, 0xffffffffL, 0);
        Argument argv = Argument.strings(List.of(name));
        out.must("execute " + name, Sys.EXECVEAT, last, "", argv, Argument.strings(List.of()), AT_EMPTY_PATH);
        out.place(failed);
        out.may(Sys.EXIT_GROUP, 127);
        return out.list(failed);
    }
}
