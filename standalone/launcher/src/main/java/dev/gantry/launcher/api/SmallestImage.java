package dev.gantry.launcher.api;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The root of an image with one program, {@code /true}, of 129 bytes: nothing has to be on the host, and nothing is fetched. */
public final class SmallestImage {
    private static final int BLOCK = 512;
    private static final int ADDRESS = 0x400000;
    private static final int ELF_HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int CHECKSUM = 148;

    /** exit(0) of x86-64: mov eax, 60; xor edi, edi; syscall. */
    private static final byte[] CODE = {(byte) 0xb8, 60, 0, 0, 0, 0x31, (byte) 0xff, 0x0f, 0x05};

    private SmallestImage() {}

    /** A tar in the format ustar. */
    public static byte[] tar() {
        var program = program();
        // the end of an archive is two empty blocks
        var tar = ByteBuffer.allocate(4 * BLOCK);
        put(tar, 0, "true");
        put(tar, 100, "0000755");
        put(tar, 108, "0000000");
        put(tar, 116, "0000000");
        put(tar, 124, "%011o".formatted(program.length));
        put(tar, 136, "00000000000");
        put(tar, CHECKSUM, "        ");
        put(tar, 156, "0");
        put(tar, 257, "ustar\000" + "00");
        var sum = 0;
        for (var index = 0; index < BLOCK; index++) {
            sum += tar.get(index);
        }
        put(tar, CHECKSUM, "%06o\0".formatted(sum));
        tar.put(BLOCK, program);
        return tar.array();
    }

    private static void put(ByteBuffer tar, int at, String text) {
        tar.put(at, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** One segment that holds the whole file; see elf(5). */
    private static byte[] program() {
        var length = ELF_HEADER + PROGRAM_HEADER + CODE.length;
        var elf = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        elf.putShort((short) 2).putShort((short) 62).putInt(1); // executable, x86-64
        elf.putLong(ADDRESS + ELF_HEADER + PROGRAM_HEADER).putLong(ELF_HEADER).putLong(0);
        elf.putInt(0)
                .putShort((short) ELF_HEADER)
                .putShort((short) PROGRAM_HEADER)
                .putShort((short) 1);
        elf.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        elf.putInt(1).putInt(5).putLong(0).putLong(ADDRESS).putLong(ADDRESS); // load: read, execute
        elf.putLong(length).putLong(length).putLong(0x1000);
        return elf.put(CODE).array();
    }
}
