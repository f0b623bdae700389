package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Sys;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * System calls to be made one after the other by the walker, as a value: equal lists do equal things, and a list prints like
 * the output of strace. It is the whole program of a container's monitor and of its pid 1 until that executes another one.
 *
 * @param failure where to go on after a fatal failure
 */
record SyscallList(List<Line> lines, Label failure) {
    SyscallList {
        lines = List.copyOf(lines);
    }

    /** A step, or a place to jump to. */
    sealed interface Line {}

    /** A place to jump to. */
    record Label(String name) implements Line {
        @Override
        public String toString() {
            return name + ":";
        }
    }

    /** The end of a list that is walked as a function. */
    record Return() implements Line {}

    /**
     * One system call.
     *
     * @param purpose what an error message calls it; empty: the call's name says it all
     * @param whenZero where to go on when it returns 0, instead of the next line
     * @param result where the returned value (negative: an errno) is stored as a 64-bit number
     */
    record Step(
            String purpose,
            Sys sys,
            List<Argument> arguments,
            OnError onError,
            Optional<Label> whenZero,
            Optional<Argument.Address> result)
            implements Line {
        Step {
            arguments = List.copyOf(arguments);
            boolean jumps =
                    whenZero.isPresent() || onError instanceof OnError.Expect || onError instanceof OnError.Jump;
            if (arguments.size() > (jumps ? 5 : 6)) {
                throw new IllegalArgumentException("too many arguments: " + sys);
            }
            if (whenZero.isPresent()
                    && jumpTarget(onError)
                            .filter(l -> !whenZero.get().equals(l))
                            .isPresent()) {
                throw new IllegalArgumentException("two different targets: " + sys);
            }
        }

        Step storing(Argument.Address where) {
            return new Step(purpose, sys, arguments, onError, whenZero, Optional.of(where));
        }

        /** Where it may jump to. */
        Optional<Label> target() {
            return whenZero.or(() -> jumpTarget(onError));
        }

        private static Optional<Label> jumpTarget(OnError onError) {
            return switch (onError) {
                case OnError.Expect(int _, Label to) -> Optional.of(to);
                case OnError.Jump(Label to) -> Optional.of(to);
                case OnError.Fatal(), OnError.Ignore() -> Optional.empty();
            };
        }

        @Override
        public String toString() {
            String call = sys.callName()
                    + arguments.stream().map(Argument::toString).collect(Collectors.joining(", ", "(", ")"));
            String error = switch (onError) {
                case OnError.Fatal() -> "";
                case OnError.Ignore() -> " or go on";
                case OnError.Expect(int errno, Label to) -> " on " + Errno.name(errno) + " " + to.name();
                case OnError.Jump(Label to) -> " on error " + to.name();
            };
            return "  " + call
                    + result.map(where -> " -> " + where).orElse("")
                    + error
                    + whenZero.map(to -> " on 0 " + to.name()).orElse("")
                    + (purpose.isEmpty() ? "" : "  # " + purpose);
        }
    }

    /** What a failing call means. */
    sealed interface OnError {
        /** The list ends at its failure label. */
        record Fatal() implements OnError {}

        /** Nothing. */
        record Ignore() implements OnError {}

        /** One errno leads elsewhere, others are fatal. */
        record Expect(int errno, Label to) implements OnError {}

        /** Any errno leads elsewhere. */
        record Jump(Label to) implements OnError {}
    }

    /** Memory that the walk changes; the one named {@code failure} is part of the header. */
    record Cell(String name, Bytes initially) {
        /** Two words, filled on a fatal failure: the failed record's address and the errno. */
        static final Cell FAILURE = zero("failure", 16);

        static Cell zero(String name, int size) {
            return new Cell(name, Bytes.of(new byte[size]));
        }

        int size() {
            return initially.size();
        }

        Argument.Address at(int offset) {
            return new Argument.Address(this, offset);
        }
    }

    @Override
    public String toString() {
        return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
    }
}
