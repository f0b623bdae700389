package dev.gantry.linux;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** Passes calls on to another kernel and remembers them in order; for tests. */
public final class RecordingKernel implements Kernel {
    private final Kernel next;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    private RecordingKernel(Kernel next) {
        this.next = next;
    }

    /** Records what the other one is asked. */
    public static RecordingKernel before(Kernel next) {
        return new RecordingKernel(next);
    }

    /** Records, and answers 0 to everything. */
    public static RecordingKernel alone() {
        return new RecordingKernel(new Nothing());
    }

    /** A call as it was made; bytes are shown by their length. */
    public record Call(Sys sys, List<String> arguments) {
        @Override
        public String toString() {
            return sys.callName() + arguments.stream().collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /** What was asked so far. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** How often one call was asked for. */
    public long count(Sys sys) {
        return calls.stream().filter(call -> call.sys() == sys).count();
    }

    @Override
    public long call(Sys sys, Object... args) {
        calls.add(new Call(sys, Arrays.stream(args).map(RecordingKernel::shown).toList()));
        return next.call(sys, args);
    }

    @Override
    public byte[] walk(byte[] code, int entry, LongFunction<byte[]> list) {
        return next.walk(code, entry, list);
    }

    private static String shown(Object argument) {
        return switch (argument) {
            case byte[] bytes -> "bytes[" + bytes.length + "]";
            case String text -> '"' + text + '"';
            default -> argument.toString();
        };
    }

    private static final class Nothing implements Kernel {
        @Override
        public long call(Sys sys, Object... args) {
            return 0;
        }

        @Override
        public byte[] walk(byte[] code, int entry, LongFunction<byte[]> list) {
            return list.apply(0);
        }
    }
}
