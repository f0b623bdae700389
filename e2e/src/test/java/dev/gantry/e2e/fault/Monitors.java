package dev.gantry.e2e.fault;

import dev.gantry.service.instance.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes that keep containers' output and exit codes, one beside each container. */
final class Monitors {
    private Monitors() {}

    /** They live in a cgroup of their own, and in the host's pid namespace, unlike what they watch. */
    static List<ProcessHandle> of(Instance instance) {
        return ProcessHandle.allProcesses()
                .filter(process -> isMonitor(process.pid(), "/" + instance.cgroup() + "/monitors"))
                .toList();
    }

    private static boolean isMonitor(long pid, String group) {
        try {
            var proc = Path.of("/proc", String.valueOf(pid));
            return Files.readAllLines(proc.resolve("cgroup")).stream().anyMatch(line -> line.endsWith(group))
                    && Files.readAllLines(proc.resolve("status")).stream()
                            .anyMatch(line -> line.matches("NSpid:\\s+\\d+"));
        } catch (IOException gone) {
            return false;
        }
    }
}
