package dev.gantry.agent.volumes;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Out;
import dev.gantry.linux.Sys;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Copies what is in one directory to another: files, directories, links, devices and pipes with owner, mode, times and extended
 * attributes; hard links among them stay links. Sockets are left out. A stranger made the source, so nothing in it is followed; nobody changes
 * it meanwhile.
 */
final class TreeCopy {
    /** Each level holds two descriptors. */
    private static final int DEEPEST = 400;

    private static final int LONGEST_LINK = 4096;
    private static final int LONGEST_ATTRIBUTE = 64 << 10;
    private static final String MUST_HAVE = "security.";
    private static final byte[] HERE = {'.', 0};
    private static final int PRIVATE = 0600;

    private final Kernel kernel;
    private final Fd top;
    private final byte[] buffer = new byte[128 << 10];
    private final Map<Long, byte[]> linked = new HashMap<>();

    /** @param top where everything goes */
    TreeCopy(Kernel kernel, Fd top) {
        this.kernel = kernel;
        this.top = top;
    }

    /**
     * @param source open for reading
     * @return whether there was anything
     * @throws KernelException naming the file
     */
    boolean contents(Fd source) {
        return contents(source, top, new byte[0], 0);
    }

    private boolean contents(Fd source, Fd target, byte[] path, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalStateException("the image has more than " + DEEPEST + " directories in one another");
        }
        var names = Names.in(kernel, source);
        for (var name : names) {
            try {
                entry(source, target, name, path, depth);
            } catch (KernelException e) {
                throw new KernelException(e.sys(), e.errno(), "copy \"" + Names.text(name) + "\" to the volume");
            }
        }
        return !names.isEmpty();
    }

    private void entry(Fd source, Fd target, byte[] name, byte[] path, int depth) {
        var facts = FileFacts.of(kernel, source, name);
        if (facts.type() == FileFacts.SOCKET || isLinked(facts, target, name)) {
            return;
        }
        switch (facts.type()) {
            case FileFacts.DIRECTORY -> directory(source, target, name, joined(path, name), depth);
            case FileFacts.REGULAR -> file(source, target, name);
            case FileFacts.LINK -> kernel.call(Sys.SYMLINKAT, destination(source, name), target, name);
            default ->
                kernel.call(
                        Sys.MKNODAT,
                        target,
                        name,
                        facts.type() | PRIVATE,
                        FileCalls.device(facts.major(), facts.minor()));
        }
        attributes(source, name, facts, target, name);
        if (facts.links() > 1 && facts.type() != FileFacts.DIRECTORY) {
            linked.put(facts.inode(), joined(path, name));
        }
    }

    private boolean isLinked(FileFacts facts, Fd target, byte[] name) {
        var first = facts.links() > 1 ? linked.get(facts.inode()) : null;
        if (first == null) {
            return false;
        }
        kernel.call(Sys.LINKAT, top, first, target, name, 0);
        return true;
    }

    private void directory(Fd source, Fd target, byte[] name, byte[] path, int depth) {
        kernel.call(Sys.MKDIRAT, target, name, 0700);
        try (var from = open(source, name, FileCalls.O_RDONLY | FileCalls.O_DIRECTORY, 0);
                var to = open(target, name, FileCalls.O_RDONLY | FileCalls.O_DIRECTORY, 0)) {
            contents(from, to, path, depth + 1);
        }
    }

    private void file(Fd source, Fd target, byte[] name) {
        try (var from = open(source, name, FileCalls.O_RDONLY | FileCalls.O_NONBLOCK, 0);
                var to = open(target, name, FileCalls.O_WRONLY | FileCalls.O_CREAT | FileCalls.O_EXCL, PRIVATE)) {
            for (int count = kernel.read(from.number(), buffer);
                    count > 0;
                    count = kernel.read(from.number(), buffer)) {
                write(to, count);
            }
        }
    }

    private void write(Fd to, int count) {
        for (int done = 0; done < count; ) {
            done += kernel.write(
                    to.number(),
                    done == 0 && count == buffer.length ? buffer : Arrays.copyOfRange(buffer, done, count));
        }
    }

    private Fd open(Fd parent, byte[] name, int flags, int mode) {
        return Fd.own(kernel, (int)
                kernel.call(Sys.OPENAT, parent, name, flags | FileCalls.O_NOFOLLOW | FileCalls.O_CLOEXEC, mode));
    }

    private byte[] destination(Fd parent, byte[] name) {
        var out = Out.of(LONGEST_LINK);
        int length = (int) kernel.call(Sys.READLINKAT, parent, name, out, LONGEST_LINK);
        return Arrays.copyOf(Arrays.copyOf(out.bytes(), length), length + 1);
    }

    /** Gives the directory itself what another one has. */
    void attributesOfTop(Fd source) {
        attributes(source, HERE, FileFacts.of(kernel, source, HERE), top, HERE);
    }

    /** In this order: a change of owner clears setuid bits and capabilities, and everything changes the times. */
    private void attributes(Fd source, byte[] from, FileFacts facts, Fd target, byte[] name) {
        kernel.call(Sys.FCHOWNAT, target, name, facts.uid(), facts.gid(), FileCalls.AT_SYMLINK_NOFOLLOW);
        if (facts.type() != FileFacts.LINK) {
            kernel.call(Sys.FCHMODAT, target, name, facts.permissions());
        }
        for (var attribute : extended(source, from)) {
            copy(attribute, Names.through(source, from), Names.through(target, name));
        }
        kernel.call(Sys.UTIMENSAT, target, name, facts.times(), FileCalls.AT_SYMLINK_NOFOLLOW);
    }

    private java.util.List<String> extended(Fd source, byte[] name) {
        var out = Out.of(LONGEST_ATTRIBUTE);
        try {
            int length = (int) kernel.call(Sys.LLISTXATTR, Names.through(source, name), out, LONGEST_ATTRIBUTE);
            var text = new String(out.bytes(), 0, length, StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\0"))
                    .filter(part -> !part.isEmpty())
                    .toList();
        } catch (KernelException e) {
            if (e.is(Errno.EOPNOTSUPP)) {
                return java.util.List.of();
            }
            throw e;
        }
    }

    private void copy(String attribute, byte[] from, byte[] to) {
        try {
            var out = Out.of(LONGEST_ATTRIBUTE);
            int length = (int) kernel.call(Sys.LGETXATTR, from, attribute, out, LONGEST_ATTRIBUTE);
            kernel.call(Sys.LSETXATTR, to, attribute, Arrays.copyOf(out.bytes(), length), length, 0);
        } catch (KernelException e) {
            if (attribute.startsWith(MUST_HAVE) || !e.is(Errno.EOPNOTSUPP)) {
                throw e;
            }
        }
    }

    /** The path of an entry from the top, ended by a NUL. */
    private static byte[] joined(byte[] path, byte[] name) {
        var joined = new ByteArrayOutputStream();
        if (path.length > 0) {
            joined.write(path, 0, path.length - 1);
            joined.write('/');
        }
        joined.writeBytes(name);
        return joined.toByteArray();
    }
}
