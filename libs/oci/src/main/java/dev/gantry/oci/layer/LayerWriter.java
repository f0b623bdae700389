package dev.gantry.oci.layer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a tar archive entry by entry: ustar headers, and PAX records (POSIX.1-2001) only where those cannot say it, so the same entries give the
 * same bytes. What it wrote, {@link LayerReader} reads back alike. Closing writes the archive's end and flushes; the stream stays open.
 */
public final class LayerWriter implements Closeable {
    private static final int BUFFER = 64 << 10;
    private static final int NAME_BYTES = 100;
    private static final long LARGEST_SIZE = 077777777777L;
    private static final long LARGEST_ID = 07777777L;
    private static final Attributes NOTHING = new Attributes(0, 0, 0, Instant.EPOCH, Map.of());

    private final OutputStream out;
    private final String prefix;
    private final byte[] buffer = new byte[BUFFER];

    public LayerWriter(OutputStream out) {
        this(out, "");
    }

    /** @param prefix stands before every name and every hard link's target: {@code /} makes an archive of absolute names */
    public LayerWriter(OutputStream out, String prefix) {
        this.out = out;
        this.prefix = prefix;
    }

    /**
     * @param content of a {@link LayerEntry.File}: as many bytes of it are read as the entry says
     * @throws IOException when the content ends before
     */
    public void write(LayerEntry entry, InputStream content) throws IOException {
        switch (entry) {
            case LayerEntry.File file -> file(file, content);
            case LayerEntry.Directory directory ->
                header('5', name(directory.path()) + "/", directory.attributes(), 0, "", 0, 0);
            case LayerEntry.Symlink link ->
                header(
                        '2',
                        name(link.path()),
                        link.attributes(),
                        0,
                        text(link.target().bytes()),
                        0,
                        0);
            case LayerEntry.HardLink link -> header('1', name(link.path()), NOTHING, 0, name(link.target()), 0, 0);
            case LayerEntry.Device device ->
                header(
                        device.block() ? '4' : '3',
                        name(device.path()),
                        device.attributes(),
                        0,
                        "",
                        device.major(),
                        device.minor());
            case LayerEntry.Fifo fifo -> header('6', name(fifo.path()), fifo.attributes(), 0, "", 0, 0);
            case LayerEntry.Whiteout whiteout ->
                empty(whiteout.path().sibling(".wh." + whiteout.path().name()));
            case LayerEntry.Opaque opaque -> empty(opaque.path().child(".wh..wh..opq"));
        }
    }

    private void empty(LayerPath path) throws IOException {
        header('0', name(path), NOTHING, 0, "", 0, 0);
    }

    private String name(LayerPath path) {
        if (!path.isRoot()) {
            return prefix + path.raw();
        }
        return prefix.isEmpty() ? "." : prefix.substring(0, prefix.length() - 1);
    }

    private void file(LayerEntry.File file, InputStream content) throws IOException {
        header('0', name(file.path()), file.attributes(), file.size(), "", 0, 0);
        long left = file.size();
        while (left > 0) {
            int count = content.read(buffer, 0, (int) Math.min(left, BUFFER));
            if (count < 0) {
                throw new IOException(file.path() + " became shorter while it was read");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
        pad(file.size());
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) (-size & (TarHeader.BLOCK - 1))]);
    }

    private void header(char type, String name, Attributes attributes, long size, String link, int major, int minor)
            throws IOException {
        Map<String, String> pax = pax(name, attributes, size, link);
        if (!pax.isEmpty()) {
            byte[] records = records(pax);
            Block extended = new Block('x', "PaxHeaders.0/entry", 0644, records.length);
            out.write(extended.bytes());
            out.write(records);
            pad(records.length);
        }
        Block block = new Block(type, name, attributes.mode(), size <= LARGEST_SIZE ? size : 0);
        block.owner(attributes);
        block.text(157, NAME_BYTES, link);
        block.octal(329, 8, major);
        block.octal(337, 8, minor);
        out.write(block.bytes());
    }

    private static Map<String, String> pax(String name, Attributes attributes, long size, String link) {
        Map<String, String> pax = new TreeMap<>();
        if (!fits(name)) {
            pax.put("path", name);
        }
        if (!fits(link)) {
            pax.put("linkpath", link);
        }
        if (size > LARGEST_SIZE) {
            pax.put("size", Long.toString(size));
        }
        if (attributes.uid() > LARGEST_ID) {
            pax.put("uid", Long.toString(attributes.uid()));
        }
        if (attributes.gid() > LARGEST_ID) {
            pax.put("gid", Long.toString(attributes.gid()));
        }
        if (!isWholeSecond(attributes.modified())) {
            pax.put("mtime", decimal(attributes.modified()));
        }
        attributes.xattrs().forEach((key, value) -> pax.put("SCHILY.xattr." + key, text(value)));
        return pax;
    }

    private static boolean fits(String text) {
        return text.length() <= NAME_BYTES && text.chars().allMatch(c -> c < 0x80);
    }

    private static boolean isWholeSecond(Instant time) {
        return time.getNano() == 0 && time.getEpochSecond() >= 0 && time.getEpochSecond() <= LARGEST_SIZE;
    }

    private static String decimal(Instant time) {
        return java.math.BigDecimal.valueOf(time.getEpochSecond())
                .add(java.math.BigDecimal.valueOf(time.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** {@code <length> <key>=<value>\n}, the length counting its own digits. */
    private static byte[] records(Map<String, String> pax) {
        StringBuilder all = new StringBuilder();
        pax.forEach((key, value) -> {
            int rest = key.length() + value.length() + 3;
            int length = rest + Integer.toString(rest).length();
            length = rest + Integer.toString(length).length();
            all.append(length).append(' ').append(key).append('=').append(value).append('\n');
        });
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Two empty blocks. */
    @Override
    public void close() throws IOException {
        out.write(new byte[2 * TarHeader.BLOCK]);
        out.flush();
    }

    /** One header being filled in. */
    private static final class Block {
        private final byte[] bytes = new byte[TarHeader.BLOCK];

        Block(char type, String name, int mode, long size) {
            text(0, NAME_BYTES, name);
            octal(100, 8, mode);
            octal(108, 8, 0);
            octal(116, 8, 0);
            octal(124, 12, size);
            octal(136, 12, 0);
            bytes[156] = (byte) type;
            text(257, 8, "ustar\00000");
            octal(329, 8, 0);
            octal(337, 8, 0);
        }

        void owner(Attributes attributes) {
            octal(108, 8, attributes.uid() <= LARGEST_ID ? attributes.uid() : 0);
            octal(116, 8, attributes.gid() <= LARGEST_ID ? attributes.gid() : 0);
            octal(136, 12, Math.clamp(attributes.modified().getEpochSecond(), 0, LARGEST_SIZE));
        }

        void text(int offset, int length, String text) {
            byte[] raw = text.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(raw, 0, bytes, offset, Math.min(raw.length, length));
        }

        void octal(int offset, int length, long value) {
            String digits = Long.toOctalString(value);
            Arrays.fill(bytes, offset, offset + length - 1, (byte) '0');
            text(offset + length - 1 - digits.length(), digits.length(), digits);
        }

        /** The checksum counts itself as blanks and is six digits, NUL, blank. */
        byte[] bytes() {
            Arrays.fill(bytes, 148, 156, (byte) ' ');
            int sum = 0;
            for (byte b : bytes) {
                sum += b & 0xff;
            }
            octal(148, 7, sum);
            bytes[154] = 0;
            return bytes;
        }
    }
}
