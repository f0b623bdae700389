package dev.gantry.linux.launch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** The machine code that walks a list. Its source is {@code src/main/asm/walker-x86_64.S}; a test assembles and compares it. */
final class Walker {
    /** Where the list of an executable image is mapped. */
    static final long LIST_ADDRESS = 0x401000;

    /** Where the code's entry as a function is. */
    static final int FUNCTION = 7;

    private static final long CODE_ADDRESS = 0x400000;
    private static final int PAGE = 0x1000;
    private static final int ELF_HEADERS = 64 + 2 * 56;
    private static final int READ_EXECUTE = 5;
    private static final int READ_WRITE = 6;

    private static final byte[] CODE = HexFormat.of().parseHex("""
            488d3d490f000053554889fb488d6f408b450085c07867488b7d08488b751048\
            8b55184c8b55204c8b45284c8b4d300f05488b4d384885c974034889018a4d04\
            483d00f0ffff7716f6c102740b4885c07506488b6d30ebb84883c540ebb248f7\
            d8f6c10475ec663b450674e6f6c10174e748896b0848894310488b2beb925d5b\
            c3""");

    private Walker() {}

    static byte[] code() {
        return CODE.clone();
    }

    /** A static ELF executable that walks a list assembled for {@link #LIST_ADDRESS}: the code on one page, the list from the next on. */
    static byte[] executable(byte[] list) {
        ByteBuffer elf = ByteBuffer.allocate(PAGE + list.length).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        elf.putShort((short) 2).putShort((short) 62).putInt(1); // ET_EXEC, x86-64
        elf.putLong(CODE_ADDRESS + ELF_HEADERS).putLong(64).putLong(0).putInt(0);
        elf.putShort((short) 64).putShort((short) 56).putShort((short) 2);
        elf.putShort((short) 64).putShort((short) 0).putShort((short) 0);
        segment(elf, READ_EXECUTE, 0, CODE_ADDRESS, ELF_HEADERS + CODE.length);
        segment(elf, READ_WRITE, PAGE, LIST_ADDRESS, list.length);
        elf.put(CODE).put(PAGE, list);
        return elf.array();
    }

    private static void segment(ByteBuffer elf, int access, long offset, long address, long size) {
        elf.putInt(1).putInt(access).putLong(offset).putLong(address).putLong(address);
        elf.putLong(size).putLong(size).putLong(PAGE);
    }
}
