package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.AT_FDCWD;
import static dev.gantry.linux.FileCalls.O_CLOEXEC;
import static dev.gantry.linux.FileCalls.O_DIRECTORY;
import static dev.gantry.linux.FileCalls.O_PATH;

import dev.gantry.linux.Sys;
import dev.gantry.linux.launch.SyscallList.Cell;
import dev.gantry.linux.launch.SyscallList.Label;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last part of a list: from root's process inside the container to the program, as whom it is meant to run. Pure.
 *
 * @param status the number of the status pipe
 */
record ProgramList(ListWriter out, Program program, int status) {
    /** How the purpose of entering the working directory begins; runc's words. */
    static final String CHDIR = "chdir to cwd (\"";

    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int SIG_SETMASK = 2;
    private static final int PR_SET_KEEPCAPS = 8;
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_RAISE = 2;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
    private static final int SECCOMP_SET_MODE_FILTER = 1;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;
    private static final long CAP_SYS_ADMIN = 1L << 21;
    private static final int LAST_CAPABILITY = 40;
    private static final int SOCK_FILTER = 8;

    void write(Label leave) {
        confine(program.rlimits());
        execute(leave);
    }

    /** Makes this process, and whichever it clones afterwards, what the program is to be. */
    void confine(List<Rlimit> limits) {
        workingDirectory();
        limits.forEach(this::limit);
        out.may(Sys.UMASK, program.umask());
        identity();
        out.must("empty the signal mask", Sys.RT_SIGPROCMASK, SIG_SETMASK, new byte[8], 0, 8);
        filterAndCapabilities();
    }

    void limit(Rlimit limit) {
        out.must("set rlimit " + limit.resource(), Sys.PRLIMIT64, 0, limit.resource(), pair(limit), 0);
    }

    /** One that may be refused: nobody needs it but to raise another later. */
    void mayLimit(Rlimit limit) {
        out.may(Sys.PRLIMIT64, 0, limit.resource(), pair(limit), 0);
    }

    private static byte[] pair(Rlimit limit) {
        return longs(limit.soft(), limit.hard());
    }

    private void workingDirectory() {
        String relative = String.join("/", RootPaths.parts(program.cwd()));
        if (!relative.isEmpty()) {
            int directory = out.opens();
            String purpose = CHDIR + program.cwd() + "\") set in config.json failed";
            out.must(purpose, Sys.OPENAT2, AT_FDCWD, relative, RootPaths.how(O_DIRECTORY), RootPaths.SIZE_OF_HOW);
            out.must(purpose, Sys.FCHDIR, directory);
            out.close(directory);
        }
    }

    private void identity() {
        for (int capability = 0; capability <= LAST_CAPABILITY; capability++) {
            if ((program.capabilities().bounding() & 1L << capability) == 0) {
                out.must("drop capability " + capability, Sys.PRCTL, PR_CAPBSET_DROP, capability, 0, 0, 0);
            }
        }
        Identity identity = program.identity();
        out.must("keep capabilities", Sys.PRCTL, PR_SET_KEEPCAPS, 1, 0, 0, 0);
        out.must("set groups", Sys.SETGROUPS, identity.groups().size(), groups(identity));
        out.must("set gid " + identity.gid(), Sys.SETRESGID, identity.gid(), identity.gid(), identity.gid());
        out.must("set uid " + identity.uid(), Sys.SETRESUID, identity.uid(), identity.uid(), identity.uid());
        // Another user makes it whatever fs.suid_dumpable says, until the program is executed
        out.must("", Sys.PRCTL, ContainerList.PR_SET_DUMPABLE, 0);
    }

    private static byte[] groups(Identity identity) {
        ByteBuffer ids = ByteBuffer.allocate(4 * identity.groups().size()).order(ByteOrder.nativeOrder());
        identity.groups().forEach(ids::putInt);
        return ids.array();
    }

    /** A filter needs either no_new_privs or CAP_SYS_ADMIN, so without the former the capabilities go last. */
    private void filterAndCapabilities() {
        Capabilities wanted = program.capabilities();
        boolean early = !program.noNewPrivileges() && !program.seccomp().isEmpty();
        if (program.noNewPrivileges()) {
            out.must("set no_new_privs", Sys.PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        }
        if (early) {
            long admin = wanted.permitted() | CAP_SYS_ADMIN;
            capset(admin, admin, 0);
            filter();
        }
        capset(wanted.effective(), wanted.permitted(), wanted.inheritable());
        ambient(wanted.ambient());
        if (!early && !program.seccomp().isEmpty()) {
            filter();
        }
    }

    private void filter() {
        Bytes filter = program.seccomp();
        Argument words = Argument.words(filter.size() / SOCK_FILTER, filter);
        out.must("install the seccomp filter", Sys.SECCOMP, SECCOMP_SET_MODE_FILTER, 0, words);
    }

    private void capset(long effective, long permitted, long inheritable) {
        ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        header.putInt(CAPABILITY_VERSION_3).putInt(0);
        ByteBuffer sets = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
        sets.putInt((int) effective).putInt((int) permitted).putInt((int) inheritable);
        sets.putInt((int) (effective >>> 32)).putInt((int) (permitted >>> 32)).putInt((int) (inheritable >>> 32));
        out.must("set capabilities", Sys.CAPSET, header.array(), sets.array());
    }

    private void ambient(long mask) {
        if (mask == 0) {
            return;
        }
        out.must("clear ambient capabilities", Sys.PRCTL, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
        for (int capability = 0; capability <= LAST_CAPABILITY; capability++) {
            if ((mask & 1L << capability) != 0) {
                String purpose = "raise ambient capability " + capability;
                out.must(purpose, Sys.PRCTL, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0);
            }
        }
    }

    /** Every candidate is tried; the results tell afterwards why none would do. */
    void execute(Label leave) {
        List<String> candidates = candidates(program);
        Cell results = Cell.zero("results", 16 + 8 * candidates.size());
        Argument argv = Argument.strings(program.argv());
        Argument env = Argument.strings(program.env());
        for (int i = 0; i < candidates.size(); i++) {
            out.may(results.at(16 + 8 * i), Sys.EXECVE, candidates.get(i), argv, env);
        }
        out.may(results.at(8), Sys.OPENAT, AT_FDCWD, program.argv().getFirst(), O_PATH | O_DIRECTORY | O_CLOEXEC);
        out.may(results.at(0), Sys.CLOSE, -1); // EBADF there tells these results from other messages
        out.may(Sys.WRITE, status, results, results.size());
        out.jump(leave);
    }

    /** Which files a name may mean, in the order they are tried. */
    static List<String> candidates(Program program) {
        String name = program.argv().getFirst();
        if (name.indexOf('/') >= 0 || name.isEmpty()) {
            return List.of(name);
        }
        String path = program.env().stream()
                .filter(entry -> entry.startsWith("PATH="))
                .map(entry -> entry.substring("PATH=".length()))
                .reduce(DEFAULT_PATH, (_, last) -> last);
        List<String> candidates = new ArrayList<>();
        Arrays.stream(path.split(":", -1))
                .filter(directory -> directory.startsWith("/"))
                .forEach(directory ->
                        candidates.add(directory.endsWith("/") ? directory + name : directory + "/" + name));
        return candidates;
    }

    private static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.nativeOrder());
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }
}
