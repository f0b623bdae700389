package dev.gantry.agent.runtime;

import static dev.gantry.agent.runtime.FileCalls.entries;
import static dev.gantry.agent.runtime.FileCalls.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is read of a container's files: looked at, copied out, exported, compared with the image. */
class ArchiveReadTest {
    @RegisterExtension
    private static final OwnAgent OWN = new OwnAgent("agd");

    private final FileCalls on = new FileCalls(OWN);

    @AfterEach
    void release() {
        on.close();
    }

    @Test
    void looksAtFilesOfARunningContainer() throws Exception {
        on.start("sleep", "1000");
        var file = on.stat("/etc/passwd");
        assertThat(file.getName()).isEqualTo("passwd");
        assertThat(file.getMode()).isEqualTo(0644);
        assertThat(file.getSize()).isPositive();
        assertThat(Integer.toUnsignedLong(on.stat("/etc/").getMode())).isEqualTo((1L << 31) | 0755);
        var link = on.stat("/bin/sh");
        assertThat(link.getMode() & (1 << 27)).isNotZero();
        assertThat(link.getLinkTarget()).isEqualTo("/bin/busybox");
        assertThatThrownBy(() -> on.stat("/nosuch"))
                .extracting(FileCalls::message)
                .isEqualTo("404 Could not find the file /nosuch in container c1");
        assertThatThrownBy(() -> on.stat("/etc/passwd/x"))
                .extracting(FileCalls::message)
                .asString()
                .startsWith("500 ");
    }

    @Test
    void readsAFileAndADirectoryUnderTheirNames() throws Exception {
        on.start("sleep", "1000");
        assertThat(entries(on.read("/etc/passwd")).keySet()).containsExactly("passwd");
        on.said("sh", "-c", "busybox mkdir -p /t/d; echo x >/t/d/f; busybox ln /t/d/f /t/d/g; busybox mkfifo /t/p");
        var tree = entries(on.read("/t"));
        assertThat(tree.keySet()).containsExactlyInAnyOrder("t/", "t/d/", "t/d/f", "t/d/g", "t/p");
        assertThat(tree.values().stream().filter(TarArchiveEntry::isLink)).hasSize(1);
        assertThat(entries(on.read("/t/.")).keySet()).contains("./", "./d/f");
        assertThat(entries(on.read("/")).keySet())
                .contains("/", "/t/", "/proc/", "/etc/passwd")
                .doesNotContain("/proc/1/");
    }

    @Test
    void exportsTheRootWithoutWhatIsMountedThere() throws Exception {
        on.start("sh", "-c", "echo x >/new; busybox rm /etc/group; echo y >>/etc/passwd; sleep 1000");
        Await.until("its changes", () -> on.changes().contains("/etc/passwd") ? Optional.of(1) : Optional.empty());
        var running = entries(on.exported());
        assertThat(running.keySet())
                .contains("new", "bin/", "bin/busybox", "proc/")
                .doesNotContain("proc/1/", "etc/group");
        assertThat(Objects.requireNonNull(running.get("etc/hosts")).getSize()).isZero();
        on.kill();
        on.awaitExit();
        assertThat(entries(on.exported()).keySet()).containsExactlyInAnyOrderElementsOf(running.keySet());
        assertThat(on.changes())
                .isEqualTo(String.join("\n", List.of("0 /etc", "2 /etc/group", "0 /etc/passwd", "1 /new")));
    }

    @Test
    void aContainerThatNeverRanHasTheFilesOfItsImage() throws Exception {
        assertThat(on.stat("/etc/passwd").getSize()).isPositive();
        assertThat(entries(on.exported()).keySet()).contains("bin/busybox");
        assertThat(on.changes()).isEmpty();
    }
}
