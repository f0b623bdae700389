package dev.gantry.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.oci.testing.Tar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, the reader yields safe entries or refuses; it never throws anything else and never loops. */
class LayerReaderFuzzTest {
    private static final String[] NAMES = {
        "a", "a/b", "a/b/c", "..", "../x", "./a", "a/./b", "a//b", "b", "b/a", "b/..", ".wh.a", "a/.wh..wh..opq", "c/"
    };
    private static final String[] TARGETS = {"a", "a/b", "..", "../..", "/etc", "b", "b/a", "./a", "a/../../b"};

    @Test
    void damagedArchivesAreRefusedOrRead() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] whole = new Tar()
                .directory("d")
                .file("d/" + "n".repeat(180), "x".repeat(1500))
                .symlink("s", "d")
                .hardLink("h", "d/" + "n".repeat(180))
                .bytes();
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                damaged[random.nextInt(5000)] = (byte) random.nextInt();
            }
            if (random.nextBoolean()) {
                fixChecksums(damaged);
            }
            readAll(damaged, seed);
        }
    }

    /** So that the damage is not found by the checksum alone. */
    private static void fixChecksums(byte[] archive) {
        for (int block = 0; block + 512 <= archive.length; block += 512) {
            if (new String(archive, block + 257, 5, StandardCharsets.ISO_8859_1).equals("ustar")) {
                long sum = 0;
                for (int i = 0; i < 512; i++) {
                    sum += i >= 148 && i < 156 ? ' ' : archive[block + i] & 0xff;
                }
                byte[] octal = String.format("%06o\0 ", sum).getBytes(StandardCharsets.ISO_8859_1);
                System.arraycopy(octal, 0, archive, block + 148, 8);
            }
        }
    }

    @Test
    void noEntryLeavesTheRootOrPassesThroughALink() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            Tar archive = new Tar();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                String name = NAMES[random.nextInt(NAMES.length)];
                String target = TARGETS[random.nextInt(TARGETS.length)];
                switch (random.nextInt(4)) {
                    case 0 -> archive.file(name, "");
                    case 1 -> archive.directory(name);
                    case 2 -> archive.symlink(name, target);
                    default -> archive.hardLink(name, target);
                }
            }
            readAll(archive.bytes(), seed);
        }
    }

    private static void readAll(byte[] archive, long seed) {
        LayerReader reader = new LayerReader(new ByteArrayInputStream(archive), new LayerLimits(100, 1 << 20, 1 << 16));
        Set<String> links = new HashSet<>();
        try {
            for (Optional<LayerEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
                assertSafe(next.get(), links, seed);
                reader.content().skipNBytes(0);
            }
        } catch (BadLayerException refused) {
            assertThat(refused.getMessage()).as("seed %d", seed).isNotBlank();
        } catch (IOException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void assertSafe(LayerEntry entry, Set<String> links, long seed) {
        assertInside(entry.path(), links, seed);
        if (entry instanceof LayerEntry.HardLink link) {
            assertInside(link.target(), links, seed);
        }
        switch (entry) {
            case LayerEntry.Symlink link -> links.add(link.path().raw());
            case LayerEntry.Whiteout _, LayerEntry.Opaque _ -> {}
            case LayerEntry.HardLink link -> {
                links.remove(link.path().raw());
                if (links.contains(link.target().raw())) {
                    links.add(link.path().raw());
                }
            }
            case LayerEntry.File _, LayerEntry.Directory _, LayerEntry.Device _, LayerEntry.Fifo _ ->
                links.remove(entry.path().raw());
        }
    }

    private static void assertInside(LayerPath path, Set<String> links, long seed) {
        String raw = path.raw();
        assertThat(raw).as("seed %d", seed).doesNotStartWith("/").doesNotContain("\0");
        for (byte[] component : path.components()) {
            String text = new String(component, StandardCharsets.ISO_8859_1);
            assertThat(text)
                    .as("seed %d, %s", seed, raw)
                    .isNotEmpty()
                    .isNotEqualTo("..")
                    .isNotEqualTo(".");
        }
        for (LayerPath parent = path.parent(); !parent.isRoot(); parent = parent.parent()) {
            assertThat(links).as("seed %d, %s", seed, raw).doesNotContain(parent.raw());
        }
    }
}
