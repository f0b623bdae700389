package dev.gantry.linux;

import java.util.Locale;

/**
 * The system calls in use, with their numbers on x86-64 (asm/unistd_64.h).
 *
 * <p>A call marked as blocking may wait for a disk, another process or the kernel's own grace periods. It pins the carrier
 * of a virtual thread for that time, so make it on a platform thread; the others return within microseconds. {@code
 * epoll_pwait} and {@code ppoll} block only with a timeout that is not zero, pipes only without O_NONBLOCK.
 */
public enum Sys {
    READ(0, true),
    WRITE(1, true),
    CLOSE(3, false),
    FSTAT(5, false),
    POLL(7, true),
    LSEEK(8, false),
    MMAP(9, false),
    MPROTECT(10, false),
    MUNMAP(11, false),
    RT_SIGACTION(13, false),
    RT_SIGPROCMASK(14, false),
    IOCTL(16, false),
    PREAD64(17, true),
    PWRITE64(18, true),
    SCHED_YIELD(24, false),
    DUP(32, false),
    GETPID(39, false),
    SOCKET(41, false),
    CONNECT(42, true),
    SENDTO(44, true),
    RECVFROM(45, true),
    SENDMSG(46, true),
    RECVMSG(47, true),
    SHUTDOWN(48, false),
    BIND(49, false),
    SOCKETPAIR(53, false),
    SETSOCKOPT(54, false),
    GETSOCKOPT(55, false),
    CLONE(56, true),
    EXECVE(59, true),
    KILL(62, false),
    FCNTL(72, false),
    FLOCK(73, true),
    FSYNC(74, true),
    FDATASYNC(75, true),
    FTRUNCATE(77, true),
    CHDIR(80, false),
    FCHDIR(81, false),
    RENAME(82, true),
    MKDIR(83, true),
    RMDIR(84, true),
    CHMOD(90, false),
    FCHMOD(91, false),
    FCHOWN(93, false),
    UMASK(95, false),
    SETUID(105, false),
    SETSID(112, false),
    SETGROUPS(116, false),
    SETRESUID(117, false),
    SETRESGID(119, false),
    CAPGET(125, false),
    CAPSET(126, false),
    STATFS(137, true),
    FSTATFS(138, true),
    PIVOT_ROOT(155, false),
    PRCTL(157, false),
    SETRLIMIT(160, false),
    MOUNT(165, true),
    UMOUNT2(166, true),
    SETHOSTNAME(170, false),
    SETDOMAINNAME(171, false),
    LSETXATTR(189, false),
    FSETXATTR(190, false),
    LGETXATTR(192, false),
    LLISTXATTR(195, false),
    SCHED_SETAFFINITY(203, false),
    SCHED_GETAFFINITY(204, false),
    GETDENTS64(217, true),
    EXIT_GROUP(231, false),
    EPOLL_CTL(233, false),
    WAITID(247, true),
    KEYCTL(250, false),
    INOTIFY_ADD_WATCH(254, false),
    OPENAT(257, true),
    MKDIRAT(258, true),
    MKNODAT(259, false),
    FCHOWNAT(260, false),
    UNLINKAT(263, true),
    LINKAT(265, true),
    SYMLINKAT(266, false),
    READLINKAT(267, false),
    FCHMODAT(268, false),
    PPOLL(271, true),
    UNSHARE(272, true),
    SPLICE(275, true),
    UTIMENSAT(280, false),
    EPOLL_PWAIT(281, true),
    TIMERFD_CREATE(283, false),
    FALLOCATE(285, true),
    TIMERFD_SETTIME(286, false),
    EVENTFD2(290, false),
    EPOLL_CREATE1(291, false),
    DUP3(292, false),
    PIPE2(293, false),
    INOTIFY_INIT1(294, false),
    PRLIMIT64(302, false),
    NAME_TO_HANDLE_AT(303, false),
    SYNCFS(306, true),
    SETNS(308, false),
    RENAMEAT2(316, true),
    SECCOMP(317, false),
    GETRANDOM(318, false),
    MEMFD_CREATE(319, false),
    BPF(321, true),
    EXECVEAT(322, true),
    STATX(332, false),
    PIDFD_SEND_SIGNAL(424, false),
    OPEN_TREE(428, true),
    MOVE_MOUNT(429, true),
    FSOPEN(430, false),
    FSCONFIG(431, true),
    FSMOUNT(432, true),
    PIDFD_OPEN(434, false),
    CLONE3(435, true),
    CLOSE_RANGE(436, false),
    OPENAT2(437, true),
    PIDFD_GETFD(438, false),
    MOUNT_SETATTR(442, false);

    private final int number;
    private final boolean blocking;

    Sys(int number, boolean blocking) {
        this.number = number;
        this.blocking = blocking;
    }

    public int number() {
        return number;
    }

    /** Whether it may wait, see above. */
    public boolean mayBlock() {
        return blocking;
    }

    /** The name of section 2 of the manual. */
    public String callName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
