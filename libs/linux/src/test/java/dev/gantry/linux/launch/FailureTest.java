package dev.gantry.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.linux.Errno;
import dev.gantry.linux.FailingKernel;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Sys;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call that a start makes fails once; each time nothing may be left, which the fixture looks for. */
class FailureTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(
            names = {
                "PIPE2",
                "OPENAT",
                "OPENAT2",
                "FCNTL",
                "FSOPEN",
                "FSCONFIG",
                "FSMOUNT",
                "OPEN_TREE",
                "MEMFD_CREATE",
                "PWRITE64",
                "EVENTFD2",
                "PIDFD_OPEN",
                "READ",
                "IOCTL",
                "WRITE",
                "UNSHARE",
                "SOCKET"
            })
    void leavesNothingBehindWhicheverCallFails(Sys call) throws Exception {
        boolean failed = true;
        for (int nth = 1; failed; nth++) {
            Path fresh = Files.createDirectory(directory.resolve(call + "-" + nth));
            FailingKernel kernel = FailingKernel.failing(Kernel.real(), call, nth, Errno.EMFILE);
            try (KernelFixture on = KernelFixture.in(fresh, kernel)) {
                failed = attempt(on, kernel);
            }
            assertThat(nth).as("attempts").isLessThan(60);
        }
    }

    private static boolean attempt(KernelFixture on, FailingKernel kernel) {
        Stdio terminal = new Stdio.Terminal(new Stdio.WindowSize(24, 80));
        LaunchSpec spec = on.spec(on.program("sleep", "100"), Mount.standard(1 << 20), terminal);
        try (LaunchedContainer container = on.launcher.start(spec)) {
            container.signal(9);
            KernelFixture.await("the exit", () -> ended(container));
            return kernel.failed();
        } catch (LaunchFailure failure) {
            assertThat(failure.errno()).isEqualTo(Errno.EMFILE);
            assertThat(spec.exitFile()).doesNotExist();
            return true;
        }
    }

    /** Asked again after it failed. */
    private static boolean ended(LaunchedContainer container) {
        try {
            return container.exit().isPresent();
        } catch (KernelException failure) {
            return false;
        }
    }
}
