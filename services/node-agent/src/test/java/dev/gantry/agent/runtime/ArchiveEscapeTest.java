package dev.gantry.agent.runtime;

import static dev.gantry.agent.runtime.FileCalls.entries;
import static dev.gantry.agent.runtime.FileCalls.file;
import static dev.gantry.agent.runtime.FileCalls.message;
import static dev.gantry.agent.runtime.FileCalls.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A container that wants archives to be read or written outside of it. */
class ArchiveEscapeTest {
    @RegisterExtension
    private static final OwnAgent OWN = new OwnAgent("ags");

    private final FileCalls on = new FileCalls(OWN);

    @AfterEach
    void release() {
        on.close();
    }

    @Test
    void linksLeadNowhereButInside() throws Exception {
        var secret = Files.writeString(OWN.directory().resolve("secret"), "of the host");
        on.start("sleep", "1000");
        on.said("busybox", "ln", "-s", secret.toString(), "/tmp/out");
        on.said("busybox", "ln", "-s", "../../../../../../../../..", "/tmp/up");
        assertThatThrownBy(() -> on.stat("/tmp/out/"))
                .extracting(FileCalls::message)
                .asString()
                .startsWith("404");
        assertThat(entries(on.read("/tmp/up/etc/passwd")).keySet()).containsExactly("passwd");
        assertThatThrownBy(() -> on.read("/tmp/up" + secret))
                .extracting(FileCalls::message)
                .asString()
                .startsWith("404");
        assertThatThrownBy(() -> on.write("/tmp", tar(file("up/evil"))))
                .extracting(FileCalls::message)
                .asString()
                .contains("ELOOP");
        assertThat(on.said("ls", "/")).doesNotContain("evil");
    }

    @Test
    void aContainerThatSwapsDirectoriesForLinksGainsNothing() throws Exception {
        on.start(
                "sh",
                "-c",
                "busybox mkdir -p /t/d; while :; do busybox rm -rf /t/d; busybox ln -s /etc /t/d; busybox rm -f /t/d;"
                        + " busybox mkdir /t/d; done");
        Await.untilTrue("its directory", () -> on.changes().contains("1 /t"));
        for (int i = 0; i < 60; i++) {
            try {
                on.write("/t", tar(file("d/marker" + i)));
            } catch (StatusRuntimeException e) {
                assertThat(message(e)).startsWith("500 "); // it was swapped at that moment
            }
            try {
                on.read("/t");
            } catch (StatusRuntimeException e) {
                assertThat(message(e)).startsWith("404 ");
            }
        }
        assertThat(on.said("ls", "/etc")).doesNotContain("marker");
        on.kill();
        on.awaitExit();
    }
}
