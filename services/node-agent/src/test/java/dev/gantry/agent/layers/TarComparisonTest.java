package dev.gantry.agent.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.files.NeedsRoot;
import dev.gantry.agent.files.Trees;
import dev.gantry.linux.Kernel;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.testing.Tar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Made-up archives unpack as GNU tar unpacks them: names, types, owners, modes, times, links, content. */
@ExtendWith(NeedsRoot.class)
class TarComparisonTest {
    @TempDir
    private Path directory;

    @Test
    void madeUpArchivesUnpackAsTarUnpacksThem() throws Exception {
        var seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var blobs = new Blobs();
        try (var store = new LayerStore(Kernel.real(), directory.resolve("layers"), blobs, 2)) {
            for (int round = 0; round < 25; round++) {
                var tar = archive(random);
                var digest = blobs.put(tar);
                var ours = store.ensure(List.of(new Layer(digest, digest, tar.length)))
                        .getFirst();
                var theirs = extract(tar, round);
                assertThat(describe(ours)).as("round %d", round).isEqualTo(describe(theirs));
                Trees.delete(theirs);
                store.remove(Digest.of(tar));
            }
        }
    }

    private Path extract(byte[] tar, int round) throws IOException, InterruptedException {
        var target = Files.createDirectory(directory.resolve("tar-" + round));
        var archive = Files.write(directory.resolve("archive"), tar);
        int exit = new ProcessBuilder(
                        "tar",
                        "-xpf",
                        archive.toString(),
                        "--numeric-owner",
                        "--delay-directory-restore",
                        "--warning=no-timestamp",
                        "-C",
                        target.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isZero();
        return target;
    }

    /** The root itself is not compared: an archive without an entry for it leaves its time to chance. */
    private static String describe(Path root) throws IOException, InterruptedException {
        var find = new ProcessBuilder(
                        "sh",
                        "-c",
                        "cd \"$1\" && find . -mindepth 1 -printf '%P %y %U:%G %m %Ts %n %l\\n' | LC_ALL=C sort;"
                                + " find . -type f -exec sha256sum {} + | LC_ALL=C sort",
                        "sh",
                        root.toString())
                .start();
        var text = new String(find.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(find.waitFor()).isZero();
        return text;
    }

    private static byte[] archive(Random random) {
        var tar = new Tar();
        var directories = new ArrayList<>(List.of(""));
        var files = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            var name = directories.get(random.nextInt(directories.size())) + name(random, i);
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    directories.add(name + "/");
                    tar.add(name + "/", TarConstants.LF_DIR, entry -> attributes(entry, random), "");
                }
                case 2 ->
                    tar.add(
                            name,
                            TarConstants.LF_SYMLINK,
                            entry -> {
                                attributes(entry, random);
                                entry.setLinkName(random.nextBoolean() ? "/etc/x" : "y/z");
                            },
                            "");
                case 3 -> {
                    if (!files.isEmpty()) {
                        tar.hardLink(name, files.get(random.nextInt(files.size())));
                    }
                }
                case 4 -> tar.add(name, TarConstants.LF_FIFO, entry -> attributes(entry, random), "");
                default -> {
                    files.add(name);
                    tar.add(
                            name,
                            TarConstants.LF_NORMAL,
                            entry -> attributes(entry, random),
                            "c".repeat(random.nextInt(3_000)));
                }
            }
        }
        return tar.bytes();
    }

    private static String name(Random random, int number) {
        var words = List.of("a", "ümlaut", "with space", "l".repeat(120), "日本", ".hidden", "-dash");
        return words.get(random.nextInt(words.size())) + number;
    }

    private static void attributes(TarArchiveEntry entry, Random random) {
        entry.setMode(random.nextInt(07777 + 1));
        entry.setIds(random.nextInt(70_000), random.nextInt(3_000_000));
        entry.setModTime(1_000L * random.nextInt(2_000_000_000));
    }
}
