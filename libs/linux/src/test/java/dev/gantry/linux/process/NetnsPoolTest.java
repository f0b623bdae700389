package dev.gantry.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.linux.Errno;
import dev.gantry.linux.FailingKernel;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Sys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NetnsPoolTest {
    private static String target(Fd fd) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd.number())).toString();
    }

    @Test
    void givesEachTakerANamespaceOfItsOwn() throws IOException {
        String own = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
        try (NetnsPool pool = NetnsPool.start(Kernel.real(), 2);
                Fd first = pool.take();
                Fd second = pool.take();
                Fd third = pool.take()) {
            assertThat(target(first)).startsWith("net:").isNotEqualTo(own);
            assertThat(target(second)).isNotEqualTo(own).isNotEqualTo(target(first));
            assertThat(target(third)).isNotEqualTo(target(second)).isNotEqualTo(target(first));
        }
        assertThat(Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString())
                .isEqualTo(own);
    }

    @Test
    void tellsTheTakerWhatFailed() {
        Kernel kernel = FailingKernel.failing(Kernel.real(), Sys.UNSHARE, 1, Errno.ENOSPC);
        try (NetnsPool pool = NetnsPool.start(kernel, 0)) {
            assertThatThrownBy(pool::take)
                    .isInstanceOf(KernelException.class)
                    .hasMessage("unshare 1073741824: ENOSPC (no space left on device)");
        }
    }
}
