package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.F_ADD_SEALS;
import static dev.gantry.linux.FileCalls.F_DUPFD_CLOEXEC;
import static dev.gantry.linux.FileCalls.MFD_ALLOW_SEALING;
import static dev.gantry.linux.FileCalls.MFD_CLOEXEC;
import static dev.gantry.linux.FileCalls.MFD_EXEC;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Makes a child of this process that walks an assembled list. Runs on a platform thread. */
record Spawn(Kernel kernel, Resources resources) {
    /** The child right after its birth. */
    record Spawned(int pid, Fd pidfd) {}

    /**
     * Clones and executes; when this returns the child has its own copies of the descriptors.
     *
     * @param name what ps(1) shows until the child calls itself something else
     * @param descriptors of this process that become 0, 1, 2 and so on in the child
     * @param image assembled for {@link Walker#LIST_ADDRESS}
     * @param group one of {@code descriptors}: a version 2 cgroup directory for the child
     */
    Spawned spawn(String name, List<Integer> descriptors, Assembler.Image image, OptionalInt group) {
        // Above every number in the child, so that duplicating one never runs over another
        int floor = descriptors.size() + 1;
        List<Integer> sources = descriptors.stream().map(fd -> lift(fd, floor)).toList();
        int executable = lift(memfd(name, Walker.executable(image.bytes().toArray())), floor);
        SyscallList list = SpawnList.of(name, sources, executable, group);
        Assembler.Image layout = Assembler.assemble(list, 0);
        ByteBuffer after = ByteBuffer.wrap(kernel.walk(
                        Walker.code(),
                        Walker.FUNCTION,
                        base -> Assembler.assemble(list, base).bytes().toArray()))
                .order(ByteOrder.nativeOrder());
        return spawned(name, after, layout);
    }

    private Spawned spawned(String name, ByteBuffer after, Assembler.Image layout) {
        long pid = after.getLong(layout.offset(SpawnList.CLONED));
        if (pid < 0) {
            throw LaunchFailure.at("clone " + name, (int) -pid);
        }
        Fd pidfd = resources.untilFailure(Fd.own(kernel, after.getInt(layout.offset(SpawnList.PIDFD))));
        int errno = (int) after.getLong(layout.offset(SyscallList.Cell.FAILURE) + 8);
        if (errno != 0) {
            kernel.waitid(Kernel.P_PIDFD, pidfd.number(), Kernel.WEXITED);
            throw LaunchFailure.at("spawn " + name, errno);
        }
        return new Spawned((int) pid, pidfd);
    }

    private int lift(int fd, int floor) {
        if (fd >= floor) {
            return fd;
        }
        return resources
                .untilSpawned(Fd.own(kernel, kernel.fcntl(fd, F_DUPFD_CLOEXEC, floor)))
                .number();
    }

    private int memfd(String name, byte[] content) {
        int fd = resources.untilSpawned(Fd.own(kernel, memfdCreate(name))).number();
        for (int at = 0; at < content.length; ) {
            at += kernel.pwrite(fd, at == 0 ? content : Arrays.copyOfRange(content, at, content.length), at);
        }
        kernel.fcntl(
                fd,
                F_ADD_SEALS,
                FileCalls.F_SEAL_SEAL | FileCalls.F_SEAL_SHRINK | FileCalls.F_SEAL_GROW | FileCalls.F_SEAL_WRITE);
        return fd;
    }

    private int memfdCreate(String name) {
        try {
            return kernel.memfdCreate(name, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
        } catch (KernelException e) {
            if (e.is(Errno.EINVAL)) { // MFD_EXEC is of kernel 6.3
                return kernel.memfdCreate(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
            }
            throw e;
        }
    }
}
