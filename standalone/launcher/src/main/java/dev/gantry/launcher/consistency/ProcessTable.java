package dev.gantry.launcher.consistency;

import dev.gantry.launcher.consistency.KernelFacts.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** All processes of the host, by {@code /proc} (proc_pid_stat(5), cgroups(7)). */
final class ProcessTable {
    private static final int START_TIME = 19; // field 22, counted from the state, which is field 3

    private final Pattern container;
    private final Pattern monitors;

    ProcessTable(String instance) {
        container = Pattern.compile("(?m)/" + Pattern.quote(instance) + "/([0-9a-f]{64})(/|$)");
        monitors = Pattern.compile("(?m)/" + Pattern.quote(instance) + "/monitors$");
    }

    List<HostProcess> read() throws IOException {
        var found = new ArrayList<HostProcess>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
            for (var process : processes) {
                read(process).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<HostProcess> read(Path process) {
        try {
            return Optional.of(parse(
                    Integer.parseInt(String.valueOf(process.getFileName())),
                    Files.readString(process.resolve("stat"), java.nio.charset.StandardCharsets.ISO_8859_1),
                    Files.readString(process.resolve("cgroup"))));
        } catch (IOException endedMeanwhile) {
            return Optional.empty();
        }
    }

    /** The name may contain blanks and parentheses, so fields are counted behind the last one. */
    HostProcess parse(int pid, String stat, String cgroups) {
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        var group = container.matcher(cgroups);
        var own = group.find() ? Optional.of(group.group(1)) : Optional.<String>empty();
        return new HostProcess(
                pid,
                Long.parseLong(fields[START_TIME]),
                fields[0].equals("Z") || fields[0].equals("X"),
                own,
                // a container's processes stay in their monitor's group of the hierarchy that only that one has
                own.isEmpty() && monitors.matcher(cgroups).find());
    }
}
