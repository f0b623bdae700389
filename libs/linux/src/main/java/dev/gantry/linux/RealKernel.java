package dev.gantry.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** System calls through libc's {@code syscall(2)}: one downcall for all of them, so a native image needs one registration. */
final class RealKernel implements Kernel {
    static final Kernel INSTANCE = new RealKernel();

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = handle();

    private RealKernel() {}

    private static MethodHandle handle() {
        ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(word, word, word, word, word, word, word, word),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
    }

    @Override
    public long call(Sys sys, Object... args) {
        // Confined, not shared: closing a shared arena stops every thread of the JVM
        try (Arena arena = Arena.ofConfined()) {
            long[] words = new long[6];
            @Nullable MemorySegment[] outs = new MemorySegment[6];
            for (int i = 0; i < args.length; i++) {
                words[i] = word(arena, args[i], i, outs);
            }
            MemorySegment state = arena.allocate(STATE);
            long result = invoke(state, sys.number(), words);
            if (result == -1) {
                throw new KernelException(sys, (int) ERRNO.get(state, 0L), what(args));
            }
            copyBack(args, outs);
            return result;
        }
    }

    @Override
    public byte[] walk(byte[] code, int entry, LongFunction<byte[]> list) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(list.apply(0).length, 64);
            MemorySegment.copy(
                    list.apply(memory.address()), 0, memory, ValueLayout.JAVA_BYTE, 0, (int) memory.byteSize());
            ExecutablePage.of(this, code).run(entry, memory);
            return memory.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static long word(Arena arena, Object arg, int index, @Nullable MemorySegment[] outs) {
        return switch (arg) {
            case Integer number -> number;
            case Long number -> number;
            case Fd fd -> fd.number();
            case String text -> string(arena, text).address();
            case byte[] bytes ->
                arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes).address();
            case Out out -> {
                MemorySegment memory = arena.allocate(out.bytes().length, 8);
                MemorySegment.copy(out.bytes(), 0, memory, ValueLayout.JAVA_BYTE, 0, out.bytes().length);
                outs[index] = memory;
                yield memory.address();
            }
            default -> throw new IllegalArgumentException("not an argument: " + arg.getClass());
        };
    }

    private static MemorySegment string(Arena arena, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("NUL in " + text.replace('\0', '?'));
        }
        return arena.allocateFrom(text, StandardCharsets.UTF_8);
    }

    private static long invoke(MemorySegment state, int number, long[] w) {
        try {
            return (long) SYSCALL.invokeExact(state, (long) number, w[0], w[1], w[2], w[3], w[4], w[5]);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("system call " + number, e);
        }
    }

    private static void copyBack(Object[] args, @Nullable MemorySegment[] outs) {
        for (int i = 0; i < args.length; i++) {
            MemorySegment memory = outs[i];
            if (args[i] instanceof Out out && memory != null) {
                MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, out.bytes(), 0, out.bytes().length);
            }
        }
    }

    /** The strings of a call, or its first number when it has none. */
    static String what(Object[] args) {
        StringBuilder text = new StringBuilder();
        for (Object arg : args) {
            if (arg instanceof String s && !s.isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(s);
            }
        }
        if (text.isEmpty() && args.length > 0 && !(args[0] instanceof byte[]) && !(args[0] instanceof Out)) {
            text.append(args[0]);
        }
        return text.toString();
    }
}
