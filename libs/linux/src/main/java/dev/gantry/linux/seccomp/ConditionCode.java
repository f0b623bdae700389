package dev.gantry.linux.seccomp;

import dev.gantry.linux.seccomp.Decision.Clause;
import java.util.List;

/** Emits tests of arguments: a 64-bit argument is two words in memory, BPF's accumulator holds one. */
final class ConditionCode {
    private static final int ARGUMENTS_OFFSET = 16; // seccomp_data.args
    private static final int ARGUMENT_BYTES = 8;
    private static final int HIGH_WORD = 4; // little endian

    private final BpfEmitter code;

    ConditionCode(BpfEmitter code) {
        this.code = code;
    }

    /** @return the label of the first test */
    int emit(List<Clause> clauses, Verdict otherwise) {
        int next = code.ret(otherwise);
        for (var clause : clauses.reversed()) {
            int target = code.ret(clause.verdict());
            for (var condition : clause.all().reversed()) {
                target = emit(condition, target, next);
            }
            next = target;
        }
        return next;
    }

    private int emit(Condition condition, int then, int otherwise) {
        return switch (condition.operator()) {
            case EQ -> equal(condition, -1L, condition.value(), then, otherwise);
            case NE -> equal(condition, -1L, condition.value(), otherwise, then);
            case MASKED_EQ ->
                equal(condition, condition.value(), condition.masked() & condition.value(), then, otherwise);
            case GT -> greater(condition, false, then, otherwise);
            case LE -> greater(condition, false, otherwise, then);
            case GE -> greater(condition, true, then, otherwise);
            case LT -> greater(condition, true, otherwise, then);
        };
    }

    private int equal(Condition condition, long mask, long value, int then, int otherwise) {
        code.ifEqual(low(value), then, otherwise);
        int lowTest = load(condition, 0, low(mask));
        code.ifEqual(high(value), lowTest, otherwise);
        return load(condition, HIGH_WORD, high(mask));
    }

    private int greater(Condition condition, boolean orEqual, int then, int otherwise) {
        long value = condition.value();
        if (orEqual) {
            code.ifAtLeast(low(value), then, otherwise);
        } else {
            code.ifGreater(low(value), then, otherwise);
        }
        int lowTest = load(condition, 0, low(-1L));
        int highEqual = code.ifEqual(high(value), lowTest, otherwise);
        code.ifGreater(high(value), then, highEqual);
        return load(condition, HIGH_WORD, high(-1L));
    }

    private int load(Condition condition, int word, long mask) {
        if (mask != low(-1L)) {
            code.and(mask);
        }
        return code.load(ARGUMENTS_OFFSET + condition.argument() * ARGUMENT_BYTES + word);
    }

    private static long low(long value) {
        return value & 0xffff_ffffL;
    }

    private static long high(long value) {
        return value >>> 32;
    }
}
