package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.launch.ContainerState.ProcessIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads /proc/pid/stat (proc_pid_stat(5)). */
final class ProcessStat {
    private static final int LARGER_THAN_ANY = 2048;
    private static final int START_TIME_AFTER_NAME = 19;

    private ProcessStat() {}

    static ProcessIdentity identity(Kernel kernel, int pid) {
        return new ProcessIdentity(pid, startTime(read(kernel, pid)));
    }

    private static String read(Kernel kernel, int pid) {
        try (Fd file = Fd.own(kernel, kernel.open("/proc/" + pid + "/stat", FileCalls.O_RDONLY, 0))) {
            byte[] bytes = new byte[LARGER_THAN_ANY];
            int count = kernel.read(file.number(), bytes);
            return new String(bytes, 0, count, StandardCharsets.ISO_8859_1).strip();
        }
    }

    /** The wait status of a process that has ended and was not waited for yet; its last field. */
    static Optional<Integer> zombieStatus(Kernel kernel, int pid) {
        try {
            String[] fields = fields(read(kernel, pid));
            return fields[0].equals("Z") ? Optional.of(Integer.valueOf(fields[fields.length - 1])) : Optional.empty();
        } catch (KernelException gone) {
            return Optional.empty();
        }
    }

    /** Whether the very process is there, if only as a zombie. */
    static boolean exists(Kernel kernel, ProcessIdentity process) {
        return find(kernel, process.pid()).filter(process::equals).isPresent();
    }

    private static Optional<ProcessIdentity> find(Kernel kernel, int pid) {
        try {
            return Optional.of(identity(kernel, pid));
        } catch (KernelException gone) {
            return Optional.empty();
        }
    }

    /** The name may contain blanks and parentheses, so counting begins behind the last one. */
    static long startTime(String stat) {
        return Long.parseLong(fields(stat)[START_TIME_AFTER_NAME]);
    }

    private static String[] fields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    }
}
