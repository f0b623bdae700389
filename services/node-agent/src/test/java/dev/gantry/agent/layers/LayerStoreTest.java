package dev.gantry.agent.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.github.luben.zstd.Zstd;
import dev.gantry.agent.files.NeedsRoot;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.linux.Kernel;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.testing.Tar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks onto a real disk, as root: ownership and devices need it. */
@ExtendWith(NeedsRoot.class)
class LayerStoreTest {
    @TempDir
    private Path directory;

    private final Blobs blobs = new Blobs();
    private LayerStore store;

    @BeforeEach
    void open() {
        store = new LayerStore(Kernel.real(), directory.resolve("layers"), blobs, 3);
    }

    @AfterEach
    void nothingUnfinishedIsLeft() throws IOException {
        store.close();
        try (var left = Files.list(directory.resolve("layers"))) {
            assertThat(left.map(path -> path.getFileName().toString()).toList())
                    .allMatch(name -> name.length() == 64 || name.equals(Settling.BOOT));
        }
    }

    private Layer layer(byte[] tar, byte[] blob) {
        return new Layer(Digest.of(tar), blobs.put(blob), blob.length);
    }

    private Path unpack(byte[] tar) throws InterruptedException {
        return store.ensure(List.of(layer(tar, tar))).getFirst();
    }

    @Test
    void plainGzipAndZstdUnpackAlike() throws Exception {
        for (Callable<byte[]> packing :
                packings(new Tar().directory("etc/").file("etc/a", "content").bytes())) {
            var tar = new Tar().directory("etc/").file("etc/a", "content").bytes();
            var path = store.ensure(List.of(layer(tar, packing.call()))).getFirst();
            assertThat(path.resolve("etc/a")).hasContent("content");
            store.remove(Digest.of(tar));
            assertThat(path).doesNotExist();
        }
    }

    private static List<Callable<byte[]>> packings(byte[] tar) {
        return List.of(() -> tar, () -> Tar.gzip(tar), () -> Zstd.compress(tar));
    }

    @Test
    void ownersModesTimesAndLinksAreKept() throws Exception {
        var path = unpack(new Tar()
                .add(
                        "bin/",
                        TarConstants.LF_DIR,
                        entry -> {
                            entry.setMode(01777);
                            entry.setIds(3, 4);
                        },
                        "")
                .add(
                        "bin/su",
                        TarConstants.LF_NORMAL,
                        entry -> {
                            entry.setMode(04755);
                            entry.setIds(1000, 2_000_000);
                        },
                        "#!")
                .hardLink("bin/hard", "bin/su")
                .symlink("bin/soft", "/etc/passwd")
                .device("null", 1, 3)
                .bytes());
        assertThat(Files.getAttribute(path.resolve("bin"), "unix:mode")).isEqualTo(041777);
        assertThat(Files.readAttributes(path.resolve("bin/su"), "unix:mode,uid,gid,nlink,lastModifiedTime"))
                .containsEntry("mode", 0104755)
                .containsEntry("uid", 1000)
                .containsEntry("gid", 2_000_000)
                .containsEntry("nlink", 2);
        assertThat(Files.getLastModifiedTime(path.resolve("bin")).toMillis()).isEqualTo(1_600_000_000_000L);
        assertThat(Files.getLastModifiedTime(path.resolve("bin/su")).toMillis()).isEqualTo(1_600_000_000_000L);
        assertThat(Files.readSymbolicLink(path.resolve("bin/soft"))).isEqualTo(Path.of("/etc/passwd"));
        assertThat(Files.getAttribute(path.resolve("null"), "unix:rdev")).isEqualTo(0x103L);
    }

    @Test
    void extendedAttributesAreKeptByteByByte() throws Exception {
        var path = unpack(new Tar()
                .add("a", TarConstants.LF_NORMAL, entry -> entry.addPaxHeader("SCHILY.xattr.user.note", "hello"), "x")
                .bytes());
        assertThat((byte[]) Files.getAttribute(path.resolve("a"), "user:note"))
                .isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void whiteoutsBecomeOverlays() throws Exception {
        var path = unpack(new Tar()
                .directory("a/")
                .file("a/.wh.gone", "")
                .directory("b/")
                .file("b/.wh..wh..opq", "")
                .file("b/new", "n")
                .bytes());
        var gone = Files.readAttributes(path.resolve("a/gone"), "unix:mode,rdev", LinkOption.NOFOLLOW_LINKS);
        assertThat(gone).containsEntry("mode", 0020000);
        assertThat(gone).containsEntry("rdev", 0L);
        var xattr = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import os,sys;print(os.getxattr(sys.argv[1],'trusted.overlay.opaque'))",
                        path.resolve("b").toString())
                .start();
        assertThat(new String(xattr.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("y");
    }

    @Test
    void aLaterEntryReplacesAnEarlierOne() throws Exception {
        var path = unpack(new Tar()
                .directory("x/")
                .file("x/inside", "old")
                .file("x", "now a file")
                .file("y", "now a directory")
                .directory("y/")
                .file("z", "1")
                .file("z", "2")
                .bytes());
        assertThat(path.resolve("x")).hasContent("now a file");
        assertThat(path.resolve("y")).isDirectory();
        assertThat(path.resolve("z")).hasContent("2");
        assertThat(path.resolveSibling("replaced")).doesNotExist();
    }

    @Test
    void hostileArchivesAreRefusedByName() {
        Map.of(
                        "../evil", new Tar().file("../evil", "x"),
                        "a/../../evil", new Tar().file("a/../../evil", "x"),
                        "/abs", new Tar().add("x", TarConstants.LF_NORMAL, entry -> entry.setName("//abs"), "x"),
                        "link/evil", new Tar().symlink("link", "/").file("link/evil", "x"),
                        "hard", new Tar().hardLink("hard", "/etc/passwd"),
                        "hard2", new Tar().symlink("d", "/etc").hardLink("hard2", "d/passwd"),
                        "soft", new Tar().symlink("soft", "../../../etc/passwd"))
                .forEach((name, tar) -> assertThatThrownBy(() -> unpack(tar.bytes()))
                        .as(name)
                        .isInstanceOfSatisfying(
                                GantryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARCHIVE))
                        .hasMessageContaining(name.equals("/abs") ? "abs" : name));
    }

    @Test
    void whatIsNoArchiveOrCutOffIsRefused() {
        var tar = new Tar().file("a", "x".repeat(100_000)).bytes();
        var cut = java.util.Arrays.copyOf(tar, 50_000);
        assertThatThrownBy(() -> unpack(cut)).hasMessageContaining("invalid tar archive");
        assertThatThrownBy(() -> unpack(
                        "not a tar, but long enough for a block ".repeat(30).getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("invalid tar archive");
        var gzip = java.util.Arrays.copyOf(Tar.gzip(tar), 60);
        assertThatThrownBy(() -> store.ensure(List.of(layer(tar, gzip)))).hasMessageContaining("invalid tar archive");
        var zstd = Zstd.compress(tar);
        zstd[zstd.length / 2] ^= 0x55;
        assertThatThrownBy(() -> store.ensure(List.of(layer(tar, zstd))))
                .isInstanceOfSatisfying(
                        GantryException.class,
                        e -> assertThat(e.code()).isIn(ErrorCode.BAD_ARCHIVE, ErrorCode.DIGEST_MISMATCH));
    }

    @Test
    void otherBytesThanNamedAreRefused() {
        var tar = new Tar().file("a", "x").bytes();
        var other = new Tar().file("a", "y").bytes();
        blobs.putAs(Digest.of(tar), other);
        assertThatThrownBy(() -> store.ensure(List.of(new Layer(Digest.of(tar), Digest.of(tar), tar.length))))
                .isInstanceOfSatisfying(
                        GantryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIGEST_MISMATCH));
        var packed = blobs.put(Tar.gzip(other));
        assertThatThrownBy(() -> store.ensure(List.of(new Layer(Digest.of(tar), packed, -1))))
                .hasMessageContaining("digest mismatch");
    }

    @Test
    void aMissingBlobIsNotAskedForAgain() {
        var digest = Digest.of(new byte[] {1});
        assertThatThrownBy(() -> store.ensure(List.of(new Layer(digest, digest, 1))))
                .isInstanceOfSatisfying(
                        GantryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_SUCH_BLOB));
        assertThat(blobs.requests).hasSize(1);
    }

    @Test
    void aBrokenConnectionIsResumedWhereItBroke() throws Exception {
        var content = new byte[300_000];
        new Random(1).nextBytes(content);
        var tar =
                new Tar().file("a", java.util.HexFormat.of().formatHex(content)).bytes();
        blobs.breakAfter = 100_000;
        var path = unpack(tar);
        assertThat(path.resolve("a")).hasSize(600_000);
        assertThat(blobs.requests).hasSizeGreaterThan(5);
        assertThat(blobs.requests.get(1).offset()).isEqualTo(100_000);
    }

    @Test
    void aStoreThatNeverAnswersIsNamed() {
        blobs.breakAfter = 0;
        assertThatThrownBy(() -> unpack(new Tar().file("a", "x").bytes()))
                .isInstanceOfSatisfying(
                        GantryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_AWAY))
                .hasMessageContaining("connection reset");
    }

    @Test
    void manyAskersShareOneFetch() throws Exception {
        var tar = new Tar().file("a", "x".repeat(500_000)).bytes();
        var layer = layer(tar, tar);
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 50)
                    .mapToObj(i -> askers.submit(() -> store.ensure(List.of(layer))))
                    .toList();
            for (var answer : answers) {
                assertThat(answer.get().getFirst().resolve("a")).exists();
            }
        }
        assertThat(blobs.requests).hasSize(1);
    }

    @Test
    void whatACrashLeftIsDeletedAtTheStart() throws IOException {
        var left = Files.createDirectories(directory.resolve("layers/tmp-123/diff/etc"));
        Files.writeString(left.resolve("half"), "x");
        try (var again = new LayerStore(Kernel.real(), directory.resolve("layers"), blobs, 1)) {
            assertThat(again.has(Digest.of(new byte[0]))).isFalse();
        }
        assertThat(directory.resolve("layers/tmp-123")).doesNotExist();
    }

    @Test
    void aLayerThatMayNotHaveComeToTheDiskIsFetchedAgainAfterABoot() throws Exception {
        var tar = new Tar().file("a", "x").bytes();
        var path = unpack(tar);
        var mark = path.resolveSibling(Settling.MARK);
        awaitFile(mark);
        store.close();
        try (var sameBoot = new LayerStore(Kernel.real(), directory.resolve("layers"), blobs, 1)) {
            assertThat(sameBoot.has(Digest.of(tar))).isTrue();
        }
        try (var marked = new LayerStore(Kernel.real(), directory.resolve("layers"), blobs, 1, "another boot")) {
            assertThat(marked.has(Digest.of(tar))).isTrue();
        }
        Files.delete(mark);
        try (var unmarked = new LayerStore(Kernel.real(), directory.resolve("layers"), blobs, 1, "a third boot")) {
            assertThat(unmarked.has(Digest.of(tar))).isFalse();
        }
    }

    private static void awaitFile(Path file) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            while (!Files.exists(file)) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void damagedArchivesAreUnpackedOrRefusedButNeverLeaveTheRoot() throws Exception {
        var seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var good = new Tar()
                .directory("a/")
                .file("a/b", "content")
                .symlink("a/l", "../a")
                .hardLink("a/h", "a/b")
                .file("a/.wh.x", "")
                .bytes();
        Files.writeString(directory.resolve("canary"), "alive");
        for (int round = 0; round < 300; round++) {
            var damaged = good.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                unpack(damaged);
            } catch (GantryException e) {
                assertThat(e.code()).isIn(ErrorCode.BAD_ARCHIVE, ErrorCode.INTERNAL);
            }
        }
        try (var beside = Files.list(directory)) {
            assertThat(beside.map(path -> path.getFileName().toString()).toList())
                    .containsExactlyInAnyOrder("canary", "layers");
        }
    }
}
