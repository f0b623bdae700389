package dev.gantry.linux;

/** Processes, signals and namespaces. */
public interface ProcessCalls extends SystemCalls {
    int P_PID = 1;
    int P_PIDFD = 3;
    int WNOHANG = 1;
    int WEXITED = 4;
    int WNOWAIT = 0x1000000;
    int PR_SET_CHILD_SUBREAPER = 36;
    int CLONE_NEWNS = 0x20000;
    int CLONE_NEWCGROUP = 0x2000000;
    int CLONE_NEWUTS = 0x4000000;
    int CLONE_NEWIPC = 0x8000000;
    int CLONE_NEWUSER = 0x10000000;
    int CLONE_NEWPID = 0x20000000;
    int CLONE_NEWNET = 0x40000000;

    default int pidfdOpen(int pid) {
        return (int) call(Sys.PIDFD_OPEN, pid, 0);
    }

    default void pidfdSendSignal(int pidfd, int signal) {
        call(Sys.PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0);
    }

    /** A copy (with O_CLOEXEC) of another process's descriptor. */
    default int pidfdGetfd(int pidfd, int number) {
        return (int) call(Sys.PIDFD_GETFD, pidfd, number, 0);
    }

    /** waitid(2); the siginfo's signal number is 0 when WNOHANG found nobody. */
    default Siginfo waitid(int type, int id, int options) {
        Out info = Out.of(Siginfo.SIZE);
        call(Sys.WAITID, type, id, info, options, 0);
        return Siginfo.parse(info.bytes());
    }

    default void kill(int pid, int signal) {
        call(Sys.KILL, pid, signal);
    }

    default int prctl(int option, long argument) {
        return (int) call(Sys.PRCTL, option, argument, 0, 0, 0);
    }

    /**
     * Affects the calling thread only: use a platform thread that ends afterwards. Never CLONE_NEWPID (no thread could be
     * started any more) and never CLONE_NEWUSER (EINVAL in a JVM).
     */
    default void unshare(int flags) {
        call(Sys.UNSHARE, flags);
    }

    /** As {@link #unshare}: on a throw-away platform thread. */
    default void setns(int fd, int type) {
        call(Sys.SETNS, fd, type);
    }
}
