package dev.gantry.linux.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A classic BPF program for seccomp(2), as a {@code struct sock_filter} array in little endian.
 *
 * @param flags SECCOMP_FILTER_FLAG_* to install it with
 */
public record BpfProgram(List<Instruction> instructions, int flags) {
    /** BPF_MAXINSNS: the kernel takes no longer program. */
    public static final int MAX_INSTRUCTIONS = 4_096;

    private static final int INSTRUCTION_BYTES = 8;

    /**
     * {@code struct sock_filter} of linux/filter.h.
     *
     * @param jumpTrue instructions to skip when the test holds, 0 to 255
     */
    public record Instruction(int code, int jumpTrue, int jumpFalse, int operand) {}

    public BpfProgram {
        instructions = List.copyOf(instructions);
        if (instructions.size() > MAX_INSTRUCTIONS) {
            throw new SeccompException("the profile makes a filter of " + instructions.size()
                    + " instructions, the kernel takes at most " + MAX_INSTRUCTIONS);
        }
    }

    /** The instructions as the kernel reads them, 8 bytes each. */
    public byte[] bytes() {
        var buffer =
                ByteBuffer.allocate(instructions.size() * INSTRUCTION_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        instructions.forEach(instruction -> buffer.putShort((short) instruction.code())
                .put((byte) instruction.jumpTrue())
                .put((byte) instruction.jumpFalse())
                .putInt(instruction.operand()));
        return buffer.array();
    }
}
