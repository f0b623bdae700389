package dev.gantry.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelTest {
    private final Kernel kernel = Kernel.real();

    @TempDir
    Path directory;

    @Test
    void namesTheCallThePathAndTheErrno() {
        assertThatThrownBy(() -> kernel.open("/no/such", FileCalls.O_RDONLY, 0))
                .isInstanceOfSatisfying(
                        KernelException.class,
                        e -> assertThat(e.is(Errno.ENOENT)).isTrue())
                .hasMessage("openat /no/such: ENOENT (no such file or directory)");
        assertThatThrownBy(() -> kernel.close(-1)).hasMessage("close -1: EBADF (bad file descriptor)");
    }

    @Test
    void refusesStringsThatTheKernelWouldCutShort() {
        assertThatThrownBy(() -> kernel.open("/etc\0/passwd", FileCalls.O_RDONLY, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("NUL in /etc?/passwd");
    }

    @Test
    void readsWhatItWrote() {
        String path = directory.resolve("f").toString();
        try (Fd file = Fd.own(kernel, kernel.open(path, FileCalls.O_RDWR | FileCalls.O_CREAT, 0_600))) {
            kernel.pwrite(file.number(), "héllo".getBytes(StandardCharsets.UTF_8), 3);
            byte[] bytes = new byte[64];
            assertThat(kernel.pread(file.number(), bytes, 0)).isEqualTo(9);
            assertThat(new String(bytes, 3, 6, StandardCharsets.UTF_8)).isEqualTo("héllo");
        }
    }

    @Test
    void neverLeavesTheDirectoryItResolvesIn() {
        try (Fd root = Fd.own(kernel, kernel.open(directory.toString(), FileCalls.O_PATH, 0))) {
            assertThatThrownBy(() -> kernel.openat2(
                            root.number(), "../../etc/passwd", FileCalls.O_PATH, 0, FileCalls.RESOLVE_IN_ROOT))
                    .hasMessage("openat2 ../../etc/passwd: ENOENT (no such file or directory)");
        }
    }

    @Test
    void closesAnOwnedDescriptorOnceOnly() {
        RecordingKernel recording = RecordingKernel.alone();
        Fd fd = Fd.own(recording, 17);
        fd.close();
        fd.close();
        assertThat(recording.calls()).hasToString("[close(17)]");
        assertThatThrownBy(fd::number).isInstanceOf(IllegalStateException.class).hasMessage("descriptor 17 is closed");
    }

    @Test
    void failsTheNthCallOfAKindOnPurpose() {
        FailingKernel failing = FailingKernel.failing(RecordingKernel.alone(), Sys.FSYNC, 2, Errno.EIO);
        failing.fsync(1);
        failing.close(1);
        assertThatThrownBy(() -> failing.fsync(1)).hasMessage("fsync 1: EIO (input/output error)");
        assertThat(failing.failed()).isTrue();
        failing.fsync(1);
    }
}
