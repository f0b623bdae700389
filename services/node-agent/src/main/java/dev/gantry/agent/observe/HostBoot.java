package dev.gantry.agent.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The boot of the host, as one instance sees it: a name that the first agent draws and leaves in {@code /run}, where the next boot does not
 * find it. The kernel's own boot id would not do: it stays the same where a container or a virtual machine is the host and is emptied.
 */
public final class HostBoot {
    private final Path file;
    private String name = "";

    /** @param directory on a file system that does not outlive the boot, nobody's but ours; made when missing */
    public HostBoot(Path directory) {
        file = directory.resolve("boot");
    }

    /**
     * Finds the name, or draws one.
     *
     * @param first what the first agent after a boot has to do, done before the name is left: after a crash in between it is done again
     */
    public void begin(Runnable first) {
        try {
            name = read();
            if (name.isEmpty()) {
                first.run();
                name = draw();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("note the boot in " + file, e);
        }
    }

    /** Empty before {@link #begin}. */
    public String name() {
        return name;
    }

    private String draw() throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.deleteIfExists(file); // of an agent that was killed while it wrote
        Files.writeString(file, UUID.randomUUID().toString(), StandardOpenOption.CREATE_NEW);
        return read();
    }

    private String read() throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
