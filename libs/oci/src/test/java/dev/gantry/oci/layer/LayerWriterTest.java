package dev.gantry.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

final class LayerWriterTest {
    private static final Instant SECOND = Instant.ofEpochSecond(1_700_000_000);
    private static final Attributes PLAIN = new Attributes(0644, 1, 2, SECOND, Map.of());

    private static byte[] written(String prefix, List<LayerEntry> entries, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new LayerWriter(bytes, prefix)) {
            for (LayerEntry entry : entries) {
                tar.write(entry, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return bytes.toByteArray();
    }

    private static List<LayerEntry> read(byte[] tar) throws IOException {
        var reader = new LayerReader(new ByteArrayInputStream(tar), LayerLimits.DEFAULT);
        List<LayerEntry> entries = new ArrayList<>();
        for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            entries.add(entry.get());
        }
        return entries;
    }

    @Test
    void theReaderReadsBackWhatWasWritten() throws IOException {
        var large = new Attributes(07755, 4_000_000_000L, 3_000_000, Instant.ofEpochSecond(-5, 123_000_000), Map.of());
        List<LayerEntry> entries = List.of(
                new LayerEntry.Directory(LayerPath.of("d"), large),
                new LayerEntry.File(LayerPath.of("d/" + "long".repeat(50) + "ü"), PLAIN, 3),
                new LayerEntry.File(LayerPath.of("f"), PLAIN, 3),
                new LayerEntry.HardLink(LayerPath.of("d/h"), LayerPath.of("f")),
                new LayerEntry.Symlink(LayerPath.of("l"), PLAIN, new LinkTarget("/" + "x".repeat(300))),
                new LayerEntry.Device(LayerPath.of("c"), PLAIN, false, 5, 300),
                new LayerEntry.Fifo(LayerPath.of("p"), PLAIN),
                new LayerEntry.Whiteout(LayerPath.of("d/gone")),
                new LayerEntry.Opaque(LayerPath.of("d")));
        assertThat(read(written("", entries, "abc"))).isEqualTo(entries);
    }

    @Test
    void extendedAttributesAreKeptAsBytes() throws IOException {
        byte[] value = {0, 1, (byte) 0xff, '\n', '='};
        var file = new LayerEntry.File(
                LayerPath.of("f"), new Attributes(0755, 0, 0, SECOND, Map.of("security.capability", value)), 1);
        var back = (LayerEntry.File) read(written("", List.of(file), "x")).getFirst();
        assertThat(back.attributes().xattrs().get("security.capability")).isEqualTo(value);
    }

    @Test
    void anotherReaderAgrees() throws IOException {
        var entries = List.<LayerEntry>of(
                new LayerEntry.Directory(LayerPath.ROOT, PLAIN),
                new LayerEntry.File(LayerPath.of("a".repeat(150)), PLAIN, 3),
                new LayerEntry.HardLink(LayerPath.of("h"), LayerPath.of("a".repeat(150))));
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(written("", entries, "abc")))) {
            assertThat(tar.getNextEntry().getName()).isEqualTo("./");
            var file = tar.getNextEntry();
            assertThat(file.getName()).isEqualTo("a".repeat(150));
            assertThat(file.getLongUserId()).isEqualTo(1);
            assertThat(file.getLastModifiedDate().toInstant()).isEqualTo(SECOND);
            assertThat(new String(tar.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("abc");
            assertThat(tar.getNextEntry().getLinkName()).isEqualTo("a".repeat(150));
            assertThat(tar.getNextEntry()).isNull();
        }
    }

    @Test
    void aPrefixStandsBeforeNamesAndLinks() throws IOException {
        var entries = List.<LayerEntry>of(
                new LayerEntry.Directory(LayerPath.ROOT, PLAIN),
                new LayerEntry.File(LayerPath.of("f"), PLAIN, 3),
                new LayerEntry.HardLink(LayerPath.of("h"), LayerPath.of("f")));
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(written("/", entries, "abc")))) {
            assertThat(tar.getNextEntry().getName()).isEqualTo("/");
            assertThat(tar.getNextEntry().getName()).isEqualTo("/f");
            assertThat(tar.getNextEntry().getLinkName()).isEqualTo("/f");
        }
    }

    @Test
    void aFileWithoutExtrasCostsOneHeader() throws IOException {
        var file = new LayerEntry.File(LayerPath.of("passwd"), PLAIN, 3);
        assertThat(written("", List.of(file), "abc")).hasSize(2048);
    }

    @Test
    void contentThatEndsEarlyIsAnError() {
        var file = new LayerEntry.File(LayerPath.of("log"), PLAIN, 4);
        assertThatThrownBy(() -> written("", List.of(file), "abc"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("log became shorter");
    }
}
