package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.AT_FDCWD;
import static dev.gantry.linux.FileCalls.O_WRONLY;

import dev.gantry.linux.Sys;
import java.util.HexFormat;

/** What a program inherits is set, not hoped for: these parts are alike for a container's first process and for one that joins it. Pure. */
record InheritedList(ListWriter out) {
    private static final int SIGKILL = 9;
    private static final int SIGSTOP = 19;
    private static final int SIGNALS = 64;
    private static final int CPU_MASK = 1024;
    private static final Bytes ALL_CPUS = Bytes.of(HexFormat.of().parseHex("ff".repeat(CPU_MASK)));

    /** What is ignored here would be ignored in the container's program. */
    void signals() {
        for (int signal = 1; signal <= SIGNALS; signal++) {
            if (signal != SIGKILL && signal != SIGSTOP) {
                out.must("reset signal " + signal, Sys.RT_SIGACTION, signal, new byte[32], 0, 8);
            }
        }
    }

    /** To be done while /proc is the host's, where "self" is right in any pid namespace. */
    void oomScore(int score) {
        int adjust = out.opens();
        out.must("open oom_score_adj", Sys.OPENAT, AT_FDCWD, "/proc/self/oom_score_adj", O_WRONLY);
        String value = Integer.toString(score);
        out.must("set oom_score_adj to " + value, Sys.WRITE, adjust, value, value.length());
        out.close(adjust);
    }

    /** Whatever processors the agent was bound to: those of the group count. */
    void processors() {
        out.may(Sys.SCHED_SETAFFINITY, 0, CPU_MASK, ALL_CPUS);
    }
}
