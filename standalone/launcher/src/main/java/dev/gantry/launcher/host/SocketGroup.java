package dev.gantry.launcher.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Gives the Docker socket to the group {@code docker} where there is one, as Docker does. The service that makes the socket must not do
 * it: for that it would have to be in the group, and so could use another engine's socket on this host, which is to be root.
 */
public record SocketGroup(Path socket, int gid) {
    private static final Path GROUPS = Path.of("/etc/group");

    public static Optional<SocketGroup> of(Path socket) throws IOException {
        try (var lines = Files.lines(GROUPS)) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 2 && fields[0].equals("docker"))
                    .findFirst()
                    .map(fields -> new SocketGroup(socket, Integer.parseInt(fields[2])));
        }
    }

    public void apply() throws IOException {
        if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)
                && !Files.getAttribute(socket, "unix:gid", LinkOption.NOFOLLOW_LINKS)
                        .equals(gid)) {
            Files.setAttribute(socket, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
