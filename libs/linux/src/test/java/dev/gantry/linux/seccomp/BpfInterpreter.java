package dev.gantry.linux.seccomp;

import java.util.Arrays;
import java.util.List;

/** Runs a program as the kernel would (net/core/filter.c), for the instructions that seccomp filters use. */
final class BpfInterpreter {
    /** {@code struct seccomp_data}, without the instruction pointer. */
    record Call(long architecture, int number, List<Long> arguments) {
        Call(long architecture, int number, long... arguments) {
            this(architecture, number, Arrays.stream(arguments).boxed().toList());
        }

        int word(int offset) {
            if (offset < 16) {
                return offset == 0 ? number : (int) architecture;
            }
            int index = (offset - 16) / 8;
            long argument = index < arguments.size() ? arguments.get(index) : 0;
            return (int) (offset % 8 == 0 ? argument : argument >>> 32);
        }
    }

    record Outcome(int verdict, int steps) {}

    private BpfInterpreter() {}

    static Outcome run(List<BpfProgram.Instruction> program, Call call) {
        int accumulator = 0;
        int position = 0;
        int steps = 0;
        while (true) {
            var at = program.get(position++);
            steps++;
            switch (at.code()) {
                case 0x20 -> accumulator = call.word(at.operand());
                case 0x54 -> accumulator &= at.operand();
                case 0x05 -> position += at.operand();
                case 0x06 -> {
                    return new Outcome(at.operand(), steps);
                }
                case 0x15 -> position += accumulator == at.operand() ? at.jumpTrue() : at.jumpFalse();
                case 0x25 ->
                    position += Integer.compareUnsigned(accumulator, at.operand()) > 0 ? at.jumpTrue() : at.jumpFalse();
                case 0x35 ->
                    position +=
                            Integer.compareUnsigned(accumulator, at.operand()) >= 0 ? at.jumpTrue() : at.jumpFalse();
                case 0x45 -> position += (accumulator & at.operand()) != 0 ? at.jumpTrue() : at.jumpFalse();
                default -> throw new IllegalStateException("instruction " + at);
            }
        }
    }
}
