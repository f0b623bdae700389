package dev.gantry.oci.layer;

import java.nio.charset.StandardCharsets;

/** One 512-byte header block, read in place. Layouts: POSIX.1-1988 ustar, GNU tar, and V7 (all share the first 257 bytes). */
final class TarHeader {
    static final int BLOCK = 512;
    private static final int NAME = 0;
    private static final int MODE = 100;
    private static final int UID = 108;
    private static final int GID = 116;
    private static final int SIZE = 124;
    private static final int MTIME = 136;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int MAGIC = 257;
    private static final int DEVMAJOR = 329;
    private static final int DEVMINOR = 337;
    private static final int PREFIX = 345;

    private final byte[] block;

    TarHeader(byte[] block) throws BadLayerException {
        this.block = block;
        if (!checksumHolds()) {
            throw new BadLayerException("invalid tar header");
        }
    }

    static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** Some old writers summed signed bytes, so both sums are taken, as every tar does. */
    private boolean checksumHolds() throws BadLayerException {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte b = i >= CHECKSUM && i < CHECKSUM + 8 ? (byte) ' ' : block[i];
            unsigned += b & 0xff;
            signed += b;
        }
        long stored = number(CHECKSUM, 8);
        return stored == unsigned || stored == signed;
    }

    char type() {
        return block[TYPE] == 0 ? '0' : (char) (block[TYPE] & 0xff);
    }

    /** One char per byte. The prefix field is a name's only in ustar; GNU keeps times there. */
    String name() {
        String name = text(NAME, 100);
        String prefix = isUstar() ? text(PREFIX, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    String link() {
        return text(LINK, 100);
    }

    long mode() throws BadLayerException {
        return number(MODE, 8);
    }

    long uid() throws BadLayerException {
        return number(UID, 8);
    }

    long gid() throws BadLayerException {
        return number(GID, 8);
    }

    long size() throws BadLayerException {
        long size = number(SIZE, 12);
        if (size < 0) {
            throw new BadLayerException("invalid tar header: negative size");
        }
        return size;
    }

    long mtime() throws BadLayerException {
        return number(MTIME, 12);
    }

    long major() throws BadLayerException {
        return hasMagic() ? number(DEVMAJOR, 8) : 0;
    }

    long minor() throws BadLayerException {
        return hasMagic() ? number(DEVMINOR, 8) : 0;
    }

    private boolean hasMagic() {
        return new String(block, MAGIC, 5, StandardCharsets.ISO_8859_1).equals("ustar");
    }

    private boolean isUstar() {
        return hasMagic() && block[MAGIC + 5] == 0;
    }

    private String text(int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return new String(block, offset, end - offset, StandardCharsets.ISO_8859_1);
    }

    /** Octal text, or GNU's base 256 when the first bit is set. */
    private long number(int offset, int length) throws BadLayerException {
        return (block[offset] & 0x80) != 0 ? base256(offset, length) : octal(offset, length);
    }

    private long base256(int offset, int length) throws BadLayerException {
        boolean negative = (block[offset] & 0x40) != 0;
        long value = negative ? (block[offset] | ~0x7fL) : block[offset] & 0x7f;
        for (int i = 1; i < length; i++) {
            if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
                throw new BadLayerException("invalid tar header: number out of range");
            }
            value = (value << 8) | (block[offset + i] & 0xff);
        }
        return value;
    }

    private long octal(int offset, int length) throws BadLayerException {
        String digits = text(offset, length).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 8);
        } catch (NumberFormatException e) {
            throw (BadLayerException) new BadLayerException("invalid tar header").initCause(e);
        }
    }
}
