package dev.gantry.oci.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes archives for tests, also such as no honest program makes. Somebody else's code writes them, so that ours is not compared with itself. */
public final class Tar {
    private static final long TIME_MILLIS = 1_600_000_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8");

    /** With pax headers for what does not fit (POSIX.1-2001). */
    public Tar() {
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /** With GNU's ways for what does not fit. */
    public Tar gnu() {
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        return this;
    }

    public Tar file(String name, String content) {
        return file(name, content, Map.of());
    }

    public Tar file(String name, byte[] content) {
        return add(name, TarConstants.LF_NORMAL, entry -> {}, content);
    }

    /** @param pax further headers */
    public Tar file(String name, String content, Map<String, String> pax) {
        return add(name, TarConstants.LF_NORMAL, entry -> pax.forEach(entry::addPaxHeader), content);
    }

    public Tar directory(String name) {
        return add(name.endsWith("/") ? name : name + "/", TarConstants.LF_DIR, entry -> entry.setMode(0755), "");
    }

    public Tar symlink(String name, String target) {
        return add(name, TarConstants.LF_SYMLINK, entry -> entry.setLinkName(target), "");
    }

    public Tar hardLink(String name, String target) {
        return add(name, TarConstants.LF_LINK, entry -> entry.setLinkName(target), "");
    }

    public Tar device(String name, int major, int minor) {
        return add(
                name,
                TarConstants.LF_CHR,
                entry -> {
                    entry.setDevMajor(major);
                    entry.setDevMinor(minor);
                },
                "");
    }

    /**
     * An entry of any type.
     *
     * @param change to what an ordinary one says
     */
    public Tar add(String name, byte type, Consumer<TarArchiveEntry> change, String content) {
        return add(name, type, change, content.getBytes(StandardCharsets.UTF_8));
    }

    private Tar add(String name, byte type, Consumer<TarArchiveEntry> change, byte[] content) {
        var entry = new TarArchiveEntry(name, type, true);
        entry.setModTime(TIME_MILLIS);
        entry.setSize(content.length);
        change.accept(entry);
        return put(entry, content);
    }

    public Tar put(TarArchiveEntry entry, byte[] content) {
        try {
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole archive; nothing can be added any more. */
    public byte[] bytes() {
        try {
            out.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] gzip(byte[] plain) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
