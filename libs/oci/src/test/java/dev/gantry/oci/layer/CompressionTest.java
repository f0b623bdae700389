package dev.gantry.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class CompressionTest {
    private static final byte[] PLAIN =
            "some bytes, again and again ".repeat(1000).getBytes(StandardCharsets.UTF_8);

    private interface Packing {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] packed(Packing packing) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packing.over(packed)) {
            out.write(PLAIN);
        }
        return packed.toByteArray();
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (var in = Compression.unpack(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    @Test
    void unpacksWhatDockerUnpacks() throws IOException {
        assertThat(unpacked(PLAIN)).isEqualTo(PLAIN);
        assertThat(unpacked(packed(GZIPOutputStream::new))).isEqualTo(PLAIN);
        assertThat(unpacked(packed(BZip2CompressorOutputStream::new))).isEqualTo(PLAIN);
        assertThat(unpacked(packed(out -> new XZOutputStream(out, new LZMA2Options()))))
                .isEqualTo(PLAIN);
        assertThat(unpacked(packed(ZstdOutputStream::new))).isEqualTo(PLAIN);
    }

    @Test
    void takesWhatIsTooShortForAMagicAsItIs() throws IOException {
        assertThat(unpacked(new byte[0])).isEmpty();
        assertThat(unpacked(new byte[] {0x1f})).containsExactly(0x1f);
    }

    @Test
    void refusesWhatIsCutOff() throws IOException {
        byte[] gzip = packed(GZIPOutputStream::new);
        assertThatThrownBy(() -> unpacked(java.util.Arrays.copyOf(gzip, gzip.length / 2)))
                .isInstanceOf(IOException.class);
    }
}
