package dev.gantry.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A page of machine code, never writable and executable at once; the only one in a process, and there until its end. */
final class ExecutablePage {
    private static final int SIZE = 4096;
    private static final int READ_WRITE = 3;
    private static final int READ_EXECUTE = 5;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final MethodHandle FUNCTION =
            Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG));
    private static final AtomicReference<@Nullable ExecutablePage> ONLY = new AtomicReference<>();

    private final byte[] code;
    private final long address;

    private ExecutablePage(byte[] code, long address) {
        this.code = code;
        this.address = address;
    }

    static ExecutablePage of(Kernel kernel, byte[] code) {
        ExecutablePage known = ONLY.get();
        if (known == null) {
            ExecutablePage mapped = map(kernel, code);
            ExecutablePage first = ONLY.compareAndExchange(null, mapped);
            known = first == null ? mapped : first;
        }
        if (!Arrays.equals(known.code, code)) {
            throw new IllegalStateException("another code has been mapped already");
        }
        return known;
    }

    private static ExecutablePage map(Kernel kernel, byte[] code) {
        long address = kernel.call(Sys.MMAP, 0, SIZE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
        MemorySegment page = MemorySegment.ofAddress(address).reinterpret(SIZE);
        MemorySegment.copy(code, 0, page, ValueLayout.JAVA_BYTE, 0, code.length);
        kernel.call(Sys.MPROTECT, address, SIZE, READ_EXECUTE);
        return new ExecutablePage(code.clone(), address);
    }

    void run(int entry, MemorySegment argument) {
        try {
            FUNCTION.invokeExact(MemorySegment.ofAddress(address + entry), argument.address());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("machine code failed", e);
        }
    }
}
