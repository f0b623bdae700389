package dev.gantry.gateway.server;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import org.jboss.logging.Logger;

/**
 * The place of the socket that clients know. The socket is bound in a private directory, given its group and mode, and
 * then moved to its place, so there is no moment in which a stranger could connect, nor one in which a client finds half of it.
 */
final class DockerSocket {
    private static final Logger LOG = Logger.getLogger(DockerSocket.class);
    private static final String GROUP = "docker";
    private static final String MODE = "rw-rw----";

    private final Path place;
    private final Path workshop;

    private DockerSocket(Path place, Path workshop) {
        this.place = place;
        this.workshop = workshop;
    }

    /**
     * @param place where clients look; its directory must be writable
     * @throws IOException if somebody listens there already
     */
    static DockerSocket prepare(Path place) throws IOException {
        if (answers(place)) {
            throw new IOException("another engine listens on " + place);
        }
        var directory = place.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException("no place for a socket: " + place);
        }
        Files.createDirectories(directory);
        var workshop = Files.createTempDirectory(
                directory, ".gw", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new DockerSocket(place, workshop);
    }

    private static boolean answers(Path place) {
        if (!Files.exists(place)) {
            return false;
        }
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(place));
        } catch (IOException stale) {
            return false;
        }
    }

    /** Where to bind. */
    Path binding() {
        return workshop.resolve("s");
    }

    /** Once bound: opens it to the group and moves it over whatever is at its place. */
    void publish() throws IOException {
        giveToGroup();
        Files.setPosixFilePermissions(binding(), PosixFilePermissions.fromString(MODE));
        Files.move(binding(), place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(workshop);
    }

    private void giveToGroup() throws IOException {
        try {
            var group = place.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(GROUP);
            Files.getFileAttributeView(binding(), PosixFileAttributeView.class).setGroup(group);
        } catch (UserPrincipalNotFoundException none) {
            LOG.debugf("no group %s: only this process' user and group may use %s", GROUP, place);
        } catch (IOException notAMember) {
            LOG.warnf("%s keeps its own group: %s", place, notAMember.getMessage());
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(place);
            Files.deleteIfExists(binding());
            Files.deleteIfExists(workshop);
        } catch (IOException e) {
            LOG.warnf("%s stays behind: %s", place, e.getMessage());
        }
    }
}
