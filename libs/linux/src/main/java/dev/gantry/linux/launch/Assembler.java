package dev.gantry.linux.launch;

import dev.gantry.linux.launch.SyscallList.Cell;
import dev.gantry.linux.launch.SyscallList.Label;
import dev.gantry.linux.launch.SyscallList.Line;
import dev.gantry.linux.launch.SyscallList.OnError;
import dev.gantry.linux.launch.SyscallList.Return;
import dev.gantry.linux.launch.SyscallList.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lays a list out in memory, in the format that {@code walker-x86_64.S} describes. */
final class Assembler {
    static final int HEADER = 64;
    static final int RECORD = 64;

    private static final int FATAL = 1;
    private static final int JUMP_ON_ZERO = 2;
    private static final int JUMP_ON_ERROR = 4;

    private final long base;
    private final List<Line> records = new ArrayList<>();
    private final Map<Label, Long> labels = new HashMap<>();
    private final Map<Cell, Long> cells = new HashMap<>();
    private final Map<Argument, Long> constants = new HashMap<>();
    private ByteBuffer memory = ByteBuffer.allocate(16 * 1024).order(ByteOrder.nativeOrder());

    private Assembler(long base) {
        this.base = base;
    }

    /**
     * The memory of a list.
     *
     * @param base the address it will be at
     * @param records what each record came from
     * @param cells where the changing memory is, relative to the base
     */
    record Image(long base, Bytes bytes, List<Line> records, Map<Cell, Integer> cells) {
        /** Where a cell is, relative to the base. */
        int offset(Cell cell) {
            Integer offset = cells.get(cell);
            if (offset == null) {
                throw new IllegalArgumentException("no such cell: " + cell.name());
            }
            return offset;
        }

        /** The step whose record is at an address, as the failure cell names it. */
        Step stepAt(long address) {
            return (Step) records.get(Math.toIntExact((address - base - HEADER) / RECORD));
        }
    }

    static Image assemble(SyscallList list, long base) {
        return new Assembler(base).image(list);
    }

    private Image image(SyscallList list) {
        int count = place(list.lines());
        cells.put(Cell.FAILURE, base + 8);
        memory.position(HEADER + count * RECORD);
        int number = 0;
        for (Line line : list.lines()) {
            switch (line) {
                case Step step -> write(step, HEADER + RECORD * number++);
                case Return() -> memory.putInt(HEADER + RECORD * number++, -1);
                case Label _ -> {}
            }
        }
        memory.putLong(0, target(list.failure()));
        byte[] bytes = new byte[memory.position()];
        memory.get(0, bytes);
        Map<Cell, Integer> offsets = new HashMap<>();
        cells.forEach((cell, address) -> offsets.put(cell, (int) (address - base)));
        return new Image(base, Bytes.of(bytes), List.copyOf(records), Map.copyOf(offsets));
    }

    /** Gives every label its address and counts the records. */
    private int place(List<Line> lines) {
        int count = 0;
        for (Line line : lines) {
            switch (line) {
                case Label label -> {
                    if (labels.put(label, base + HEADER + (long) RECORD * count) != null) {
                        throw new IllegalArgumentException("label twice: " + label.name());
                    }
                }
                case Step step -> {
                    records.add(step);
                    count++;
                }
                case Return end -> {
                    records.add(end);
                    count++;
                }
            }
        }
        reserve(HEADER + count * RECORD);
        return count;
    }

    private void write(Step step, int at) {
        int position = at;
        long[] words = new long[6];
        for (int i = 0; i < step.arguments().size(); i++) {
            words[i] = value(step.arguments().get(i));
        }
        step.target().ifPresent(label -> words[5] = target(label));
        long result = step.result().map(this::value).orElse(0L);
        memory.putInt(position, step.sys().number());
        memory.putShort(position + 4, (short) flags(step));
        memory.putShort(
                position + 6, (short) (step.onError() instanceof OnError.Expect(int errno, Label _) ? errno : 0));
        for (int i = 0; i < 6; i++) {
            memory.putLong(position + 8 + 8 * i, words[i]);
        }
        memory.putLong(position + 56, result);
    }

    private static int flags(Step step) {
        int onError = switch (step.onError()) {
            case OnError.Fatal(), OnError.Expect _ -> FATAL;
            case OnError.Jump _ -> JUMP_ON_ERROR;
            case OnError.Ignore() -> 0;
        };
        return onError | (step.whenZero().isPresent() ? JUMP_ON_ZERO : 0);
    }

    private long target(Label label) {
        Long address = labels.get(label);
        if (address == null) {
            throw new IllegalArgumentException("no such label: " + label.name());
        }
        return address;
    }

    private long value(Argument argument) {
        return switch (argument) {
            case Argument.Word(long number) -> number;
            case Argument.Address(Cell cell, int offset) -> cell(cell) + offset;
            case Argument.Text(String text) -> constant(argument, terminated(text), 1);
            case Argument.Constant(Bytes bytes) -> constant(argument, bytes.toArray(), 8);
            case Argument.Words(List<Argument> words) -> words(argument, words);
        };
    }

    private long words(Argument key, List<Argument> words) {
        Long known = constants.get(key);
        if (known != null) {
            return known;
        }
        ByteBuffer bytes = ByteBuffer.allocate(8 * words.size()).order(ByteOrder.nativeOrder());
        words.forEach(word -> bytes.putLong(value(word)));
        return constant(key, bytes.array(), 8);
    }

    private long cell(Cell cell) {
        Long known = cells.get(cell);
        if (known != null) {
            return known;
        }
        long address = append(cell.initially().toArray(), 8);
        cells.put(cell, address);
        return address;
    }

    private long constant(Argument key, byte[] bytes, int alignment) {
        Long known = constants.get(key);
        if (known != null) {
            return known;
        }
        long address = append(bytes, alignment);
        constants.put(key, address);
        return address;
    }

    private long append(byte[] bytes, int alignment) {
        int position = (memory.position() + alignment - 1) / alignment * alignment;
        reserve(position + bytes.length);
        memory.position(position);
        memory.put(bytes);
        return base + position;
    }

    private void reserve(int size) {
        if (size > memory.capacity()) {
            ByteBuffer larger =
                    ByteBuffer.allocate(Math.max(size, 2 * memory.capacity())).order(ByteOrder.nativeOrder());
            int position = memory.position();
            larger.put(0, memory, 0, memory.capacity());
            memory = larger.position(position);
        }
    }

    private static byte[] terminated(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }
}
