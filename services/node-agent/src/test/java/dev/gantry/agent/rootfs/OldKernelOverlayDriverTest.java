package dev.gantry.agent.rootfs;

import dev.gantry.agent.files.NeedsRoot;
import dev.gantry.linux.Errno;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Sys;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way taken where the kernel does not know {@code lowerdir+}. */
@ExtendWith(NeedsRoot.class)
class OldKernelOverlayDriverTest extends StorageDriverSuite {
    OldKernelOverlayDriverTest() {
        super(new OverlayDriver(new OldKernel()));
    }

    private static final class OldKernel implements Kernel {
        @Override
        public long call(Sys sys, Object... args) {
            if (sys == Sys.FSCONFIG && List.of(args).contains("lowerdir+")) {
                throw new KernelException(sys, Errno.EINVAL, "lowerdir+");
            }
            return KERNEL.call(sys, args);
        }

        @Override
        public byte[] walk(byte[] code, int entry, LongFunction<byte[]> list) {
            return KERNEL.walk(code, entry, list);
        }
    }
}
