package dev.gantry.linux.seccomp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/** The numbers of system calls, without the bit of x32. */
final class SyscallTable {
    private static final String RESOURCE = "syscalls-x86.txt";
    private static final SyscallTable X86 = read();

    private final Map<String, int[]> numbers;

    private SyscallTable(Map<String, int[]> numbers) {
        this.numbers = numbers;
    }

    static SyscallTable x86() {
        return X86;
    }

    OptionalInt number(Architecture architecture, String name) {
        var row = numbers.get(name);
        return row == null || row[architecture.column()] < 0
                ? OptionalInt.empty()
                : OptionalInt.of(row[architecture.column()]);
    }

    Set<String> names() {
        return numbers.keySet();
    }

    private static SyscallTable read() {
        try (var resource = Objects.requireNonNull(SyscallTable.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            var rows = new HashMap<String, int[]>();
            new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(field ->
                            rows.put(field[0], new int[] {number(field[1]), number(field[2]), number(field[3])}));
            return new SyscallTable(Map.copyOf(rows));
        } catch (IOException e) {
            throw new UncheckedIOException("read " + RESOURCE, e);
        }
    }

    private static int number(String field) {
        return field.equals("-") ? -1 : Integer.parseInt(field);
    }
}
