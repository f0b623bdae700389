package dev.gantry.agent.layers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes archives, also such as no honest program makes. */
final class Tar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8");

    Tar() {
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    Tar directory(String name) {
        return add(name, TarConstants.LF_DIR, entry -> entry.setMode(0755), "");
    }

    Tar file(String name, String content) {
        return add(name, TarConstants.LF_NORMAL, entry -> entry.setMode(0644), content);
    }

    Tar symlink(String name, String target) {
        return add(name, TarConstants.LF_SYMLINK, entry -> entry.setLinkName(target), "");
    }

    Tar hardLink(String name, String target) {
        return add(name, TarConstants.LF_LINK, entry -> entry.setLinkName(target), "");
    }

    Tar device(String name, int major, int minor) {
        return add(
                name,
                TarConstants.LF_CHR,
                entry -> {
                    entry.setDevMajor(major);
                    entry.setDevMinor(minor);
                },
                "");
    }

    Tar add(String name, byte type, Consumer<TarArchiveEntry> change, String content) {
        try {
            var data = content.getBytes(StandardCharsets.UTF_8);
            var entry = new TarArchiveEntry(name, type, true);
            entry.setSize(data.length);
            entry.setModTime(1_600_000_000_000L);
            change.accept(entry);
            out.putArchiveEntry(entry);
            out.write(data);
            out.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        try {
            out.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(byte[] plain) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
