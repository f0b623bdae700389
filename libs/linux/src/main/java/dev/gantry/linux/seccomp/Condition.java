package dev.gantry.linux.seccomp;

/**
 * A test of one argument, unsigned.
 *
 * @param argument 0 to 5
 * @param value the mask for MASKED_EQ, else what is compared with
 * @param masked what the masked argument must equal
 */
record Condition(int argument, Operator operator, long value, long masked) {
    enum Operator {
        NE,
        LT,
        LE,
        EQ,
        GE,
        GT,
        MASKED_EQ;

        private static final String PREFIX = "SCMP_CMP_";

        static Operator named(String name) {
            for (var operator : values()) {
                if (name.equals(PREFIX + operator.name())) {
                    return operator;
                }
            }
            throw new SeccompException("unknown operator \"" + Quoted.bounded(name) + "\"");
        }
    }

    private static final int ARGUMENTS = 6;
    private static final long LOW_HALF = 0xffff_ffffL;

    Condition {
        if (argument < 0 || argument >= ARGUMENTS) {
            throw new SeccompException("argument index " + argument + " is not between 0 and " + (ARGUMENTS - 1));
        }
    }

    /** As an architecture with 32-bit arguments sees it. */
    Condition narrow() {
        return new Condition(argument, operator, value & LOW_HALF, masked & LOW_HALF);
    }
}
