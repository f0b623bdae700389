package dev.gantry.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.digest.DigestInputStream;
import dev.gantry.oci.digest.Digester;
import dev.gantry.oci.testing.Tar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class LayerReaderTest {
    private static LayerReader reader(byte[] archive) {
        return new LayerReader(new ByteArrayInputStream(archive), LayerLimits.DEFAULT);
    }

    static List<LayerEntry> entries(byte[] archive) throws IOException {
        List<LayerEntry> entries = new ArrayList<>();
        LayerReader reader = reader(archive);
        for (Optional<LayerEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            entries.add(entry.get());
        }
        return entries;
    }

    private static void assertRefused(Tar archive, String... words) {
        assertThatThrownBy(() -> entries(archive.bytes()))
                .isInstanceOf(BadLayerException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void yieldsEachKindOfEntry() throws IOException {
        TarArchiveEntry device = new TarArchiveEntry("dev/null", TarConstants.LF_CHR, true);
        device.setDevMajor(1);
        device.setDevMinor(3);
        byte[] archive = new Tar()
                .directory("./")
                .directory("bin")
                .file("bin/busybox", "ELF")
                .symlink("bin/sh", "/bin/busybox")
                .hardLink("bin/ls", "./bin/busybox")
                .put(device, new byte[0])
                .add("pipe", TarConstants.LF_FIFO, entry -> {}, "")
                .bytes();
        assertThat(entries(archive))
                .satisfiesExactly(
                        entry -> assertThat(entry.path().isRoot()).isTrue(),
                        entry -> assertThat(entry).isInstanceOf(LayerEntry.Directory.class),
                        entry -> assertThat(entry)
                                .isInstanceOfSatisfying(
                                        LayerEntry.File.class,
                                        file -> assertThat(file.size()).isEqualTo(3)),
                        entry -> assertThat(entry)
                                .isInstanceOfSatisfying(
                                        LayerEntry.Symlink.class,
                                        link -> assertThat(link.target()).hasToString("/bin/busybox")),
                        entry -> assertThat(entry)
                                .isInstanceOfSatisfying(
                                        LayerEntry.HardLink.class,
                                        link -> assertThat(link.target()).hasToString("bin/busybox")),
                        entry -> assertThat(entry).isInstanceOfSatisfying(LayerEntry.Device.class, made -> {
                            assertThat(made.block()).isFalse();
                            assertThat(made.major()).isEqualTo(1);
                            assertThat(made.minor()).isEqualTo(3);
                        }),
                        entry -> assertThat(entry).isInstanceOf(LayerEntry.Fifo.class));
    }

    @Test
    void givesTheContentOfEachFileAndSkipsWhatIsNotRead() throws IOException {
        LayerReader reader = reader(new Tar()
                .file("a", "one")
                .file("b", "x".repeat(100_000))
                .file("c", "three")
                .bytes());
        assertThat(reader.next()).isPresent();
        assertThat(reader.content().readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("one");
        assertThat(reader.next()).isPresent();
        assertThat(reader.content().read()).isEqualTo('x');
        assertThat(reader.next()).isPresent();
        assertThat(reader.content().readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("three");
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void readsToTheVeryEndSoThatADigestIsOfTheWholeArchive() throws IOException {
        byte[] archive = new Tar().file("a", "1").bytes();
        byte[] padded = Arrays.copyOf(archive, archive.length + 20_480);
        Digester digester = Digester.sha256();
        LayerReader reader =
                new LayerReader(new DigestInputStream(new ByteArrayInputStream(padded), digester), LayerLimits.DEFAULT);
        while (reader.next().isPresent()) {
            // only the end matters
        }
        assertThat(digester.digest()).isEqualTo(Digest.of(padded));
    }

    @Test
    void keepsModesOwnersTimesAndAttributes() throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("f", true);
        entry.setMode(0104755);
        entry.setIds(100_000, 70_000);
        entry.addPaxHeader("mtime", "1700000000.1234567");
        entry.addPaxHeader("SCHILY.xattr.user.note", "hi");
        entry.addPaxHeader("SCHILY.xattr.trusted.overlay.opaque", "y");
        entry.addPaxHeader("SCHILY.xattr.user.overlay.redirect", "/etc");
        entry.addPaxHeader("SCHILY.xattr.security.selinux", "x");
        LayerEntry.File file = (LayerEntry.File)
                entries(new Tar().put(entry, new byte[0]).bytes()).getFirst();
        assertThat(file.attributes().mode()).isEqualTo(04755);
        assertThat(file.attributes().uid()).isEqualTo(100_000);
        assertThat(file.attributes().gid()).isEqualTo(70_000);
        assertThat(file.attributes().modified()).isEqualTo(Instant.ofEpochSecond(1_700_000_000, 123_456_700));
        assertThat(file.attributes().xattrs()).containsOnlyKeys("user.note");
    }

    @Test
    void keepsBytesThatAreNoText() throws IOException {
        byte[] archive = new Tar()
                .file("name-XX", "", Map.of("SCHILY.xattr.security.capability", "ABCD"))
                .bytes();
        replace(archive, "ABCD", new byte[] {1, (byte) 0xff, 0, (byte) 0x80});
        LayerEntry.File file = (LayerEntry.File) entries(archive).getFirst();
        assertThat(file.attributes().xattrs().get("security.capability")).containsExactly(1, 0xff, 0, 0x80);
    }

    private static void replace(byte[] archive, String what, byte[] with) {
        String text = new String(archive, StandardCharsets.ISO_8859_1);
        System.arraycopy(with, 0, archive, text.indexOf(what), with.length);
    }

    @Test
    void readsLongNamesOfBothDialects() throws IOException {
        String name = "d/" + "n".repeat(200) + "/" + "m".repeat(150);
        assertThat(entries(new Tar().file(name, "1").bytes()).getFirst().path()).hasToString(name);
        assertThat(entries(new Tar().gnu().file(name, "1").bytes()).getFirst().path())
                .hasToString(name);
    }

    @Test
    void turnsWhiteoutsIntoWhatTheyMean() throws IOException {
        assertThat(entries(new Tar()
                        .file("a/.wh.gone", "")
                        .file("a/.wh..wh..opq", "")
                        .file(".wh..wh.plnk", "")
                        .bytes()))
                .satisfiesExactly(
                        entry ->
                                assertThat(((LayerEntry.Whiteout) entry).path()).hasToString("a/gone"),
                        entry -> assertThat(((LayerEntry.Opaque) entry).path()).hasToString("a"));
        assertRefused(new Tar().file("a/.wh...", ""), "whiteout of no file");
        assertRefused(new Tar().file("a/.wh.", ""), "whiteout of no file");
    }

    @Test
    void refusesPathsThatLeaveTheRoot() {
        assertRefused(new Tar().file("../evil", "x"), "../evil", "leaves the root");
        assertRefused(new Tar().file("a/../../evil", "x"), "a/../../evil");
        assertRefused(new Tar().file("a/..", "x"), "a/..");
        TarArchiveEntry absolute = new TarArchiveEntry("/etc/passwd", true);
        assertRefused(new Tar().put(absolute, new byte[0]), "/etc/passwd", "absolute path");
    }

    @Test
    void refusesLinksThatLeaveTheRoot() {
        assertRefused(new Tar().symlink("a", "../x"), "invalid symlink", "\"a\"", "../x");
        assertRefused(new Tar().symlink("d/a", "../../etc/passwd"), "invalid symlink");
        assertRefused(new Tar().symlink("d/a", "x/../../.."), "invalid symlink");
        assertRefused(new Tar().hardLink("a", "../x"), "invalid hard link", "../x");
        assertRefused(new Tar().hardLink("a", "/etc/passwd"), "invalid hard link", "absolute");
        assertRefused(new Tar().hardLink("a", "later").file("later", ""), "not in the layer before it");
        assertRefused(new Tar().directory("d").hardLink("a", "d"), "is a directory");
    }

    @Test
    void allowsLinksThatStayInside() throws IOException {
        assertThat(entries(new Tar()
                        .symlink("usr/bin/x", "../../bin/y")
                        .symlink("lib", "usr/lib")
                        .symlink("run", "/var/run")
                        .bytes()))
                .hasSize(3);
    }

    @Test
    void refusesToPassThroughALinkOrAFile() {
        assertRefused(new Tar().symlink("a", "/etc").file("a/passwd", "x"), "a/passwd", "\"a\"");
        assertRefused(new Tar().symlink("a", "b").file("a/c/d", "x"), "a/c/d");
        assertRefused(new Tar().file("a", "x").file("a/b", "x"), "a/b", "no directory");
        assertRefused(new Tar().file("x/f", "1").symlink("y", "x").hardLink("z", "y/f"), "invalid hard link", "\"y\"");
        assertRefused(new Tar().symlink("a", "/etc").file("a/.wh.passwd", ""), "passes through");
    }

    @Test
    void allowsALinkThatIsReplacedByADirectory() throws IOException {
        assertThat(entries(new Tar()
                        .symlink("a", "/etc")
                        .directory("a")
                        .file("a/b", "x")
                        .bytes()))
                .hasSize(3);
    }

    @Test
    void holdsItsLimits() {
        assertRefused(new Tar().file("n".repeat(256), "x"), "longer than 255");
        assertRefused(new Tar().file("abc/".repeat(1100) + "f", "x"), "longer than 4095");
        assertRefused(new Tar().file("a", "x", Map.of("comment", "c".repeat(2 << 20))), "extended header");
        byte[] three = new Tar().file("a", "").file("b", "").file("c", "").bytes();
        assertThatThrownBy(() ->
                        drain(new LayerReader(new ByteArrayInputStream(three), new LayerLimits(2, 1 << 20, 1024))))
                .hasMessage("layer has more than 2 entries");
        assertThatThrownBy(
                        () -> drain(new LayerReader(new ByteArrayInputStream(three), new LayerLimits(9, 1024, 1024))))
                .hasMessage("layer is larger than 1024 bytes");
    }

    private static void drain(LayerReader reader) {
        try {
            while (reader.next().isPresent()) {
                // nothing is wanted of it
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Test
    void refusesSparseAndUnknownEntries() {
        assertRefused(new Tar().add("label", (byte) 'V', entry -> {}, ""), "unhandled tar header type 86");
        assertRefused(new Tar().file("s", "x", Map.of("GNU.sparse.major", "1")), "sparse");
    }

    @Test
    void saysUnexpectedEndForWhatIsCutOff() {
        byte[] archive = new Tar().file("a", "x".repeat(2000)).bytes();
        assertThatThrownBy(() -> entries("junk\n".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("unexpected EOF");
        assertThatThrownBy(() -> entries(Arrays.copyOf(archive, 700))).hasMessage("unexpected EOF");
        assertThatThrownBy(() -> entries(Arrays.copyOf(archive, 300))).hasMessage("unexpected EOF");
        assertThatThrownBy(() -> entries("junk\n".repeat(500).getBytes(StandardCharsets.UTF_8)))
                .hasMessage("invalid tar header");
    }

    @Test
    void takesAnArchiveWithoutItsEnd() throws IOException {
        byte[] archive = new Tar().file("a", "1").bytes();
        // extended header, its records, header, content
        assertThat(entries(Arrays.copyOf(archive, 4 * 512))).hasSize(1);
        assertThat(entries(new byte[0])).isEmpty();
    }
}
