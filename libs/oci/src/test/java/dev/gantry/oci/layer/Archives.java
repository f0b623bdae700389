package dev.gantry.oci.layer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Archives for tests, written by somebody else's code. */
final class Archives {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    static Archives tar() {
        Archives archives = new Archives();
        archives.tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        archives.tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        return archives;
    }

    Archives gnu() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        return this;
    }

    Archives file(String name, String content) {
        return file(name, content, Map.of());
    }

    Archives file(String name, String content, Map<String, String> pax) {
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(text.length);
        entry.setMode(0100644);
        pax.forEach(entry::addPaxHeader);
        return put(entry, text);
    }

    Archives directory(String name) {
        TarArchiveEntry entry = new TarArchiveEntry(name + "/", true);
        entry.setMode(040755);
        return put(entry, new byte[0]);
    }

    Archives symlink(String name, String target) {
        return link(name, target, TarConstants.LF_SYMLINK);
    }

    Archives hardLink(String name, String target) {
        return link(name, target, TarConstants.LF_LINK);
    }

    Archives of(byte type, String name) {
        return put(new TarArchiveEntry(name, type, true), new byte[0]);
    }

    private Archives link(String name, String target, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        return put(entry, new byte[0]);
    }

    Archives put(TarArchiveEntry entry, byte[] content) {
        try {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        try {
            tar.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
