package dev.gantry.linux.cgroup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operations of a cgroup file system, with errors that name the file. Open to be replaced by a recorded tree in tests. */
class CgroupTree {
    /** @return whether it is new */
    boolean make(Path group) {
        try {
            Files.createDirectory(group);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new CgroupException("make cgroup " + group + ": " + reason(e), e);
        }
    }

    void write(Path file, String value) {
        write(file, List.of(value));
    }

    /** One write each, as the kernel parses them one by one; opening costs more than writing. */
    void write(Path file, List<String> values) {
        var current = values.getFirst();
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (var value : values) {
                current = value;
                channel.write(ByteBuffer.wrap(value.getBytes(StandardCharsets.US_ASCII)));
            }
        } catch (IOException e) {
            throw new CgroupException("write \"" + current + "\" to " + file + ": " + reason(e), e);
        }
    }

    /** The file's text without white space at its ends; empty when there is none. */
    Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // ENODEV: the group was removed while its file was open.
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            throw new CgroupException("read " + file + ": " + reason(e), e);
        }
    }

    boolean exists(Path path) {
        return Files.exists(path);
    }

    List<Path> children(Path group) {
        var children = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(group, Files::isDirectory)) {
            stream.forEach(children::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new CgroupException("list cgroup " + group + ": " + reason(e), e);
        }
        return children;
    }

    /** With the one above it, where that is new too. */
    void makeBoth(Path group) {
        var parent = group.getParent();
        if (!exists(group) && parent != null) {
            make(parent);
            make(group);
        }
    }

    /** @return false while the kernel finds it busy */
    boolean remove(Path group) {
        try {
            Files.deleteIfExists(group);
            return true;
        } catch (IOException e) {
            if (Files.exists(group)) {
                return false;
            }
            return true;
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(e.getMessage());
    }
}
