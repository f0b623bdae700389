package dev.gantry.linux.launch;

import dev.gantry.linux.launch.SyscallList.Cell;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An argument of a system call in a list, before addresses are known. */
sealed interface Argument {
    /** A plain number. */
    record Word(long value) implements Argument {
        @Override
        public String toString() {
            return value > 0xffff ? "0x" + Long.toHexString(value) : Long.toString(value);
        }
    }

    /** The address of a NUL-terminated string. */
    record Text(String value) implements Argument {
        public Text {
            if (value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("NUL in " + value.replace('\0', '?'));
            }
        }

        @Override
        public String toString() {
            return '"' + value + '"';
        }
    }

    /** The address of constant bytes. */
    record Constant(Bytes bytes) implements Argument {
        @Override
        public String toString() {
            return "{" + bytes + "}";
        }
    }

    /** The address of constant 64-bit words, any of which may be an address itself. */
    record Words(List<Argument> words) implements Argument {
        public Words {
            words = List.copyOf(words);
        }

        @Override
        public String toString() {
            return words.stream().map(Argument::toString).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** The address of memory that the walk changes. */
    record Address(Cell cell, int offset) implements Argument {
        @Override
        public String toString() {
            return "&" + cell.name() + (offset == 0 ? "" : "+" + offset);
        }
    }

    /** Reads numbers, strings, bytes and cells as what they stand for. */
    static Argument of(Object value) {
        return switch (value) {
            case Argument argument -> argument;
            case Integer number -> new Word(number);
            case Long number -> new Word(number);
            case String text -> new Text(text);
            case byte[] bytes -> new Constant(Bytes.of(bytes));
            case Bytes bytes -> new Constant(bytes);
            case Cell cell -> new Address(cell, 0);
            default -> throw new IllegalArgumentException("not an argument: " + value.getClass());
        };
    }

    static Words words(Object... values) {
        return new Words(Arrays.stream(values).map(Argument::of).toList());
    }

    /** A NULL-terminated vector of strings, as execve takes them. */
    static Words strings(List<String> strings) {
        return new Words(Stream.concat(strings.stream().map(Text::new), Stream.of(new Word(0)))
                .map(Argument.class::cast)
                .toList());
    }
}
