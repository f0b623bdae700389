package dev.gantry.linux.cgroup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A device rule set as an eBPF program of type cgroup/dev (linux/bpf.h): the kernel runs it at each open and mknod in the group; 1
 * permits. Pure. Every jump goes to the next rule, so offsets are small and known when a rule is emitted.
 */
final class DeviceProgram {
    private static final int MOVE_NUMBER = 0xb7; // BPF_ALU64 | BPF_MOV | BPF_K
    private static final int MOVE_REGISTER = 0xbc; // BPF_ALU | BPF_MOV | BPF_X, 32 bits
    private static final int AND_NUMBER = 0x54; // BPF_ALU | BPF_AND | BPF_K
    private static final int SHIFT_RIGHT = 0x74; // BPF_ALU | BPF_RSH | BPF_K
    private static final int LOAD_WORD = 0x61; // BPF_LDX | BPF_W | BPF_MEM
    private static final int JUMP_NOT_EQUAL_NUMBER = 0x55; // BPF_JMP | BPF_JNE | BPF_K
    private static final int JUMP_NOT_EQUAL_REGISTER = 0x5d; // BPF_JMP | BPF_JNE | BPF_X
    private static final int EXIT = 0x95;

    private static final int RESULT = 0;
    private static final int CONTEXT = 1;
    private static final int TYPE = 2;
    private static final int ACCESS = 3;
    private static final int MAJOR = 4;
    private static final int MINOR = 5;
    private static final int SCRATCH = 6;

    /** {@code struct bpf_insn} without the wide form. */
    record Instruction(int code, int target, int source, int offset, int number) {
        void into(ByteBuffer buffer) {
            buffer.put((byte) code)
                    .put((byte) (target | source << 4))
                    .putShort((short) offset)
                    .putInt(number);
        }
    }

    private static final int BYTES = 8;

    private final List<Instruction> code = new ArrayList<>();

    private DeviceProgram() {}

    static byte[] of(DeviceAccess access) {
        var instructions = instructions(access);
        var buffer = ByteBuffer.allocate(instructions.size() * BYTES).order(ByteOrder.LITTLE_ENDIAN);
        instructions.forEach(instruction -> instruction.into(buffer));
        return buffer.array();
    }

    static List<Instruction> instructions(DeviceAccess access) {
        var program = new DeviceProgram();
        program.load();
        access.allowed().forEach(program::permit);
        program.answer(access.everything() ? 1 : 0);
        return List.copyOf(program.code);
    }

    /** {@code struct bpf_cgroup_dev_ctx}: access in the upper half of the first word, type in the lower; major; minor. */
    private void load() {
        add(LOAD_WORD, TYPE, CONTEXT, 0, 0);
        add(AND_NUMBER, TYPE, 0, 0, 0xffff);
        add(LOAD_WORD, ACCESS, CONTEXT, 0, 0);
        add(SHIFT_RIGHT, ACCESS, 0, 0, 16);
        add(LOAD_WORD, MAJOR, CONTEXT, 4, 0);
        add(LOAD_WORD, MINOR, CONTEXT, 8, 0);
    }

    private void permit(DeviceAccess.Rule rule) {
        int length = 6 + (rule.major() >= 0 ? 1 : 0) + (rule.minor() >= 0 ? 1 : 0);
        int end = code.size() + length;
        add(JUMP_NOT_EQUAL_NUMBER, TYPE, 0, end - code.size() - 1, rule.type() == 'b' ? 1 : 2);
        add(MOVE_REGISTER, SCRATCH, ACCESS, 0, 0);
        add(AND_NUMBER, SCRATCH, 0, 0, access(rule.access()));
        // All that is asked for must be among what is allowed.
        add(JUMP_NOT_EQUAL_REGISTER, SCRATCH, ACCESS, end - code.size() - 1, 0);
        if (rule.major() >= 0) {
            add(JUMP_NOT_EQUAL_NUMBER, MAJOR, 0, end - code.size() - 1, rule.major());
        }
        if (rule.minor() >= 0) {
            add(JUMP_NOT_EQUAL_NUMBER, MINOR, 0, end - code.size() - 1, rule.minor());
        }
        answer(1);
    }

    private static int access(String letters) {
        return letters.chars()
                .map(letter -> letter == 'm' ? 1 : letter == 'r' ? 2 : 4)
                .reduce(0, (left, right) -> left | right);
    }

    private void answer(int value) {
        add(MOVE_NUMBER, RESULT, 0, 0, value);
        add(EXIT, 0, 0, 0, 0);
    }

    private void add(int operation, int target, int source, int offset, int number) {
        code.add(new Instruction(operation, target, source, offset, number));
    }
}
