package dev.gantry.e2e.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A root file system made from Debian's busybox-static: the tests' only image, so that they need no registry. */
public final class Rootfs {
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private Rootfs() {}

    static byte[] busybox() {
        return busybox("");
    }

    /** @param mark what the file {@code /mark} says, so that two of them differ */
    public static byte[] busybox(String mark) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (var name : List.of("bin/", "etc/", "tmp/", "root/", "home/")) {
                directory(tar, name);
            }
            file(tar, "bin/busybox", Files.readAllBytes(BUSYBOX), 0755);
            for (var applet : applets()) {
                if (!applet.equals("busybox")) {
                    link(tar, "bin/" + applet);
                }
            }
            file(tar, "mark", text(mark), 0644);
            file(tar, "etc/passwd", text("root:x:0:0:root:/root:/bin/sh\nalice:x:1000:1000::/home:/bin/sh\n"), 0644);
            file(tar, "etc/group", text("root:x:0:\nalice:x:1000:\nstaff:x:50:alice\n"), 0644);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<String> applets() {
        return new Command(List.of(BUSYBOX.toString(), "--list"), Map.of(), new byte[0], Duration.ofSeconds(10))
                .run()
                .out()
                .lines()
                .toList();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void directory(TarArchiveOutputStream tar, String name) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setMode(name.equals("tmp/") ? 01777 : 0755);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content, int mode) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String name) throws IOException {
        var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName("busybox");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
