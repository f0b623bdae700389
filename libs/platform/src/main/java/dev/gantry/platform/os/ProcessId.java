package dev.gantry.platform.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process of this host, for good: its number and when it started, so that a number given to another process later is not
 * taken for it.
 *
 * @param startTicks field 22 of {@code /proc/<pid>/stat} (proc_pid_stat(5))
 */
public record ProcessId(long pid, long startTicks) {
    private static final int STATE = 0;
    private static final int START_TIME = 19; // field 22, counted from field 3

    public static Optional<ProcessId> of(long pid) {
        return stat(pid).map(fields -> new ProcessId(pid, Long.parseLong(fields[START_TIME])));
    }

    /** Reads what {@link #toString} has written. */
    public static Optional<ProcessId> parse(String text) {
        var parts = text.strip().split(" ", -1);
        try {
            return parts.length == 2
                    ? Optional.of(new ProcessId(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return pid + " " + startTicks;
    }

    /** A zombie counts as dead: it only waits to be collected. */
    public boolean alive() {
        return stat(pid)
                .filter(fields -> Long.parseLong(fields[START_TIME]) == startTicks)
                .filter(fields -> !fields[STATE].equals("Z"))
                .isPresent();
    }

    /** Sends the signal if the process is still the one that was meant; a dead one is left in peace. */
    public void send(Signal signal) throws IOException {
        if (!alive()) {
            return;
        }
        try {
            // the shell's own kill: procps may be absent
            new ProcessBuilder("sh", "-c", "kill -" + signal.name() + " " + pid + " 2>/dev/null")
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The fields after the command name, which is in parentheses and may itself contain some. */
    private static Optional<String[]> stat(long pid) {
        try {
            var text = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return Optional.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
        } catch (IOException e) {
            return Optional.empty(); // no such process
        }
    }
}
