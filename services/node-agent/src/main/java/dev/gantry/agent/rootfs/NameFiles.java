package dev.gantry.agent.rootfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files {@code hosts}, {@code hostname} and {@code resolv.conf} that an engine keeps for a container and binds into it. */
public final class NameFiles {
    private static final Path HOST_RESOLVER = Path.of("/etc/resolv.conf");
    private static final Path HOST_HOSTS = Path.of("/etc/hosts");

    private NameFiles() {}

    /**
     * Writes the three files anew.
     *
     * @param directory the container's own on the host, which exists
     * @return source on the host by target in the container, to be bound writable
     */
    public static Map<String, Path> write(Path directory, NameSettings settings) {
        var files = new LinkedHashMap<String, Path>();
        files.put("/etc/resolv.conf", write(directory.resolve("resolv.conf"), resolver(settings)));
        files.put("/etc/hostname", write(directory.resolve("hostname"), settings.hostname() + "\n"));
        files.put("/etc/hosts", write(directory.resolve("hosts"), hosts(settings)));
        return files;
    }

    /** Those that were written for another container. */
    public static Map<String, Path> of(Path directory) {
        var files = new LinkedHashMap<String, Path>();
        for (var name : List.of("resolv.conf", "hostname", "hosts")) {
            files.put("/etc/" + name, directory.resolve(name));
        }
        return files;
    }

    private static String resolver(NameSettings settings) {
        return ResolverText.of(settings, read(HOST_RESOLVER), HOST_RESOLVER.toString());
    }

    private static String hosts(NameSettings settings) {
        return settings.hostNetwork() ? HostsText.extended(read(HOST_HOSTS), settings) : HostsText.of(settings);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException("read " + file, e);
        }
    }

    /** Everybody in the container may read them, whatever the agent's umask. */
    private static Path write(Path file, String text) {
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("write " + file, e);
        }
    }
}
