package dev.gantry.oci.layer;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** How an archive is packed, told from its first bytes as Docker does. */
public enum Compression {
    NONE(""),
    GZIP("\u001f\u008b\u0008"),
    BZIP2("BZh"),
    XZ("\u00fd7zXZ\0"),
    ZSTD("(\u00b5/\u00fd");

    private static final int BUFFER = 64 << 10;
    private static final int LONGEST_MAGIC = 6;
    /** A window must not be what fills the heap: as much as {@code zstd --ultra} needs. */
    private static final int ZSTD_WINDOW_LOG = 27;

    /** One char per byte. */
    private final String magic;

    Compression(String magic) {
        this.magic = magic;
    }

    /** Looks at the next bytes and leaves them where they are. */
    static Compression sniff(BufferedInputStream in) throws IOException {
        in.mark(LONGEST_MAGIC);
        byte[] start = in.readNBytes(LONGEST_MAGIC);
        in.reset();
        for (Compression compression : values()) {
            if (compression.begins(start)) {
                return compression;
            }
        }
        return NONE;
    }

    private boolean begins(byte[] start) {
        return this != NONE && new String(start, StandardCharsets.ISO_8859_1).startsWith(magic);
    }

    /** The archive's bytes, unpacked when they are packed. Closing it closes the given stream. */
    public static InputStream unpack(InputStream packed) throws IOException {
        var in = new BufferedInputStream(packed, BUFFER);
        return sniff(in).open(in);
    }

    private InputStream open(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in, BUFFER);
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
            case XZ -> Xz.unpack(in);
            case ZSTD -> zstd(in);
        };
    }

    private static InputStream zstd(InputStream in) throws IOException {
        var zstd = new ZstdInputStreamNoFinalizer(in);
        zstd.setLongMax(ZSTD_WINDOW_LOG);
        return zstd;
    }
}
