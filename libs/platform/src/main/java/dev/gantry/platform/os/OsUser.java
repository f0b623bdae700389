package dev.gantry.platform.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A user of this host, as passwd(5) has it. */
public record OsUser(String name, int uid, int gid) {
    private static final Path PASSWD = Path.of("/etc/passwd");
    private static final Path SELF = Path.of("/proc/self");

    public static Optional<OsUser> named(String name) {
        try (var lines = Files.lines(PASSWD)) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3 && fields[0].equals(name))
                    .map(fields -> new OsUser(name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3])))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + PASSWD, e);
        }
    }

    /** The user this process runs as. */
    public static OsUser current() {
        try {
            return new OsUser(
                    System.getProperty("user.name", "?"),
                    (Integer) Files.getAttribute(SELF.toRealPath(), "unix:uid"),
                    (Integer) Files.getAttribute(SELF.toRealPath(), "unix:gid"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + SELF, e);
        }
    }

    public boolean isRoot() {
        return uid == 0;
    }

    /** The command that runs another as this user, without the caller's groups (setpriv(1)); the command itself if we are that user. */
    public List<String> running(List<String> command) {
        if (current().uid() == uid) {
            return command;
        }
        var full = new ArrayList<>(List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"));
        full.addAll(command);
        return List.copyOf(full);
    }
}
