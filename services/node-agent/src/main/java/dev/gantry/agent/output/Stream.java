package dev.gantry.agent.output;

/** The two outputs of a process; a terminal's single one counts as STDOUT. The numbers are Docker's in multiplexed frames. */
public enum Stream {
    STDOUT(1),
    STDERR(2);

    private final int number;

    Stream(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Stream of(int number) {
        return switch (number) {
            case 1 -> STDOUT;
            case 2 -> STDERR;
            default -> throw new IllegalArgumentException("no output stream " + number);
        };
    }
}
