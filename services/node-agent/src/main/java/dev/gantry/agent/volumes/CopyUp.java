package dev.gantry.agent.volumes;

import dev.gantry.agent.files.Trees;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Sys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Fills an empty volume with what an image has where it is mounted. The copy grows beside the volume's files in {@value #GROWING}; once it is
 * complete and on the disk its name becomes {@value #COMPLETE}, and its entries are moved. A kill before the renaming starts again from nothing, a
 * kill after it goes on moving; what somebody wrote into the volume meanwhile stays.
 */
final class CopyUp {
    static final String GROWING = "copying";
    static final String COMPLETE = "copied";

    private static final int RENAME_NOREPLACE = 1;

    private final Kernel kernel;

    CopyUp(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Ends what a kill left half done. To be called before anybody mounts the volume. */
    void settle(Path volume) {
        try {
            Trees.delete(volume.resolve(GROWING));
            if (Files.isDirectory(volume.resolve(COMPLETE), LinkOption.NOFOLLOW_LINKS)) {
                move(volume);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("end the copying to volume " + volume.getFileName(), e);
        }
    }

    /**
     * Copies, if the volume is empty and the image has a directory there.
     *
     * @param root of the container, as its image has it
     * @param target in it
     */
    void fill(Path volume, Fd root, String target) {
        try {
            if (empty(volume.resolve(VolumeDirectories.DATA))) {
                var source = source(root, target);
                if (source.isPresent()) {
                    try (var directory = source.get()) {
                        fill(volume, directory);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("copy " + target + " to volume " + volume.getFileName(), e);
        }
    }

    private static boolean empty(Path directory) throws IOException {
        try (var entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    private Optional<Fd> source(Fd root, String target) {
        try {
            var flags = FileCalls.O_RDONLY | FileCalls.O_DIRECTORY | FileCalls.O_CLOEXEC;
            var resolve = FileCalls.RESOLVE_IN_ROOT | FileCalls.RESOLVE_NO_MAGICLINKS;
            return Optional.of(Fd.own(kernel, kernel.openat2(root.number(), target, flags, 0, resolve)));
        } catch (KernelException e) {
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            if (e.is(Errno.ENOTDIR)) {
                throw ErrorCode.INVALID_PARAMETER.with("cannot mount volume over existing file, file exists " + target);
            }
            throw e;
        }
    }

    private void fill(Path volume, Fd source) throws IOException {
        var growing = Files.createDirectory(volume.resolve(GROWING));
        try (var top = open(growing)) {
            var copy = new TreeCopy(kernel, top);
            if (copy.contents(source)) {
                kernel.call(Sys.SYNCFS, top); // else the name could reach the disk before the content
            }
            copy.attributesOfTop(source);
        }
        Files.move(growing, volume.resolve(COMPLETE));
        move(volume);
    }

    private void move(Path volume) throws IOException {
        var complete = volume.resolve(COMPLETE);
        try (var from = open(complete);
                var to = open(volume.resolve(VolumeDirectories.DATA))) {
            Names.in(kernel, from).forEach(name -> move(from, to, name));
            new TreeCopy(kernel, to).attributesOfTop(from);
        }
        Trees.delete(complete);
    }

    private void move(Fd from, Fd to, byte[] name) {
        try {
            kernel.call(Sys.RENAMEAT2, from, name, to, name, RENAME_NOREPLACE);
        } catch (KernelException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
        }
    }

    private Fd open(Path directory) {
        var flags = FileCalls.O_RDONLY | FileCalls.O_DIRECTORY | FileCalls.O_NOFOLLOW;
        return Fd.own(kernel, kernel.open(directory.toString(), flags, 0));
    }
}
