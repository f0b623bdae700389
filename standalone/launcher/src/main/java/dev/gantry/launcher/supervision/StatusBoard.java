package dev.gantry.launcher.supervision;

import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.os.PrivateFiles;
import dev.gantry.platform.os.ProcessId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What {@code gantry status} shows: a file with one line a part, {@code name state pid start-ticks since restarts}, separated by
 * tabs; {@code -} where there is no process; since in seconds of the epoch. Replaced whole at every change. What is only shown must not
 * stop what it shows: a file that cannot be written, on a full disk, is written later.
 */
public final class StatusBoard {
    private static final Logger LOG = Logger.getLogger(StatusBoard.class.getName());

    private final Path file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private boolean outdated;

    private record Entry(State state, Optional<ProcessId> process, Instant since, int restarts) {
        String line(String name) {
            var pid = process.map(id -> String.valueOf(id.pid())).orElse("-");
            var ticks = process.map(id -> String.valueOf(id.startTicks())).orElse("-");
            return String.join(
                    "\t",
                    name,
                    state.name(),
                    pid,
                    ticks,
                    String.valueOf(since.getEpochSecond()),
                    String.valueOf(restarts));
        }
    }

    public StatusBoard(Path file) {
        this.file = file;
    }

    /** Names the part, so that it has its place in the list before it starts. */
    public synchronized void announce(String name) {
        entries.put(name, new Entry(State.WAITING, Optional.empty(), Instant.now(), 0));
        write();
    }

    public synchronized void set(String name, State state, Optional<ProcessId> process) {
        var before = entries.get(name);
        var restarts = before == null ? 0 : before.restarts() + (state == State.BACKOFF ? 1 : 0);
        entries.put(name, new Entry(state, process, Instant.now(), restarts));
        write();
    }

    public synchronized boolean allReady() {
        return entries.values().stream().allMatch(entry -> entry.state() == State.READY);
    }

    private void write() {
        var text = new StringBuilder();
        entries.forEach((name, entry) -> text.append(entry.line(name)).append('\n'));
        try {
            PrivateFiles.write(file, text.toString(), OsUser.current());
            outdated = false;
        } catch (IOException e) {
            if (!outdated) {
                LOG.log(Level.WARNING, e, () -> "cannot write " + file + ", it is tried again");
            }
            outdated = true;
        }
    }

    /** Writes what could not be written before. */
    public synchronized void catchUp() {
        if (outdated) {
            write();
        }
    }
}
