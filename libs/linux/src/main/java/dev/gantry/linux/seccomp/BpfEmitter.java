package dev.gantry.linux.seccomp;

import dev.gantry.linux.seccomp.BpfProgram.Instruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a program from its end to its beginning, so that each jump, always forward, knows its target. A label is the
 * number of instructions from the target to the end.
 */
final class BpfEmitter {
    private static final int LOAD_WORD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private static final int JUMP = 0x05; // BPF_JMP | BPF_JA
    private static final int JUMP_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private static final int JUMP_GREATER = 0x25; // BPF_JMP | BPF_JGT | BPF_K
    private static final int JUMP_GREATER_EQUAL = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    private static final int AND = 0x54; // BPF_ALU | BPF_AND | BPF_K
    private static final int RETURN = 0x06; // BPF_RET | BPF_K
    private static final int FARTHEST = 255;

    private final List<Instruction> reversed = new ArrayList<>();
    private final Map<Verdict, Integer> returns = new HashMap<>();

    List<Instruction> program() {
        return List.copyOf(reversed.reversed());
    }

    int load(int offset) {
        return add(new Instruction(LOAD_WORD, 0, 0, offset));
    }

    int and(long mask) {
        return add(new Instruction(AND, 0, 0, (int) mask));
    }

    /** A return that is near enough to be jumped to, an old one where there is one. */
    int ret(Verdict verdict) {
        var old = returns.get(verdict);
        // Two tests may come before the jump that was asked for: its own and one trampoline.
        if (old != null && reversed.size() - old < FARTHEST - 2) {
            return old;
        }
        int label = add(new Instruction(RETURN, 0, 0, verdict.value()));
        returns.put(verdict, label);
        return label;
    }

    int ifEqual(long value, int then, int otherwise) {
        return test(JUMP_EQUAL, value, then, otherwise);
    }

    int ifGreater(long value, int then, int otherwise) {
        return test(JUMP_GREATER, value, then, otherwise);
    }

    int ifAtLeast(long value, int then, int otherwise) {
        return test(JUMP_GREATER_EQUAL, value, then, otherwise);
    }

    private int test(int code, long value, int then, int otherwise) {
        // The first trampoline may push the other target out of reach by one, hence FARTHEST - 1.
        int nearThen = near(then, FARTHEST - 1);
        int nearOtherwise = near(otherwise, FARTHEST);
        int label = reversed.size() + 1;
        return add(new Instruction(code, label - nearThen - 1, label - nearOtherwise - 1, (int) value));
    }

    private int near(int target, int reach) {
        return reversed.size() - target <= reach ? target : add(new Instruction(JUMP, 0, 0, reversed.size() - target));
    }

    private int add(Instruction instruction) {
        reversed.add(instruction);
        return reversed.size();
    }
}
