package dev.gantry.agent.runtime;

import static dev.gantry.agent.runtime.FileCalls.PLAIN;
import static dev.gantry.agent.runtime.FileCalls.entries;
import static dev.gantry.agent.runtime.FileCalls.file;
import static dev.gantry.agent.runtime.FileCalls.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.oci.layer.Attributes;
import dev.gantry.oci.layer.LayerEntry;
import dev.gantry.oci.layer.LayerPath;
import dev.gantry.oci.layer.LayerWriter;
import dev.gantry.oci.layer.LinkTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Archives that are unpacked into a container. */
class ArchiveWriteTest {
    @RegisterExtension
    private static final OwnAgent OWN = new OwnAgent("agw");

    private final FileCalls on = new FileCalls(OWN);

    @AfterEach
    void release() {
        on.close();
    }

    @Test
    void writesIntoARunningContainer() throws Exception {
        on.start("sleep", "1000");
        on.write(
                "/tmp",
                tar(
                        new LayerEntry.Directory(
                                LayerPath.of("d"), new Attributes(0711, 5, 6, Instant.EPOCH, Map.of())),
                        file("d/f"),
                        new LayerEntry.HardLink(LayerPath.of("d/h"), LayerPath.of("d/f")),
                        new LayerEntry.Symlink(
                                LayerPath.of("up"),
                                PLAIN,
                                LinkTarget.of("../etc/passwd".getBytes(StandardCharsets.UTF_8))),
                        file(".wh.notAWhiteout")));
        assertThat(on.said("busybox", "stat", "-c", "%a %u:%g %h %Y", "/tmp/d/f"))
                .isEqualTo("640 12:34 2 1600000000\n");
        assertThat(on.said("busybox", "stat", "-c", "%a %u:%g", "/tmp/d")).isEqualTo("711 5:6\n");
        assertThat(on.said("cat", "/tmp/d/h")).isEqualTo("hello\n");
        assertThat(on.said("ls", "-a", "/tmp")).contains(".wh.notAWhiteout").contains("up");
    }

    @Test
    void takesPackedArchivesAndAbsoluteNames() throws Exception {
        on.start("sleep", "1000");
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(tar(file("a")));
        }
        on.write("/tmp", packed.toByteArray());
        assertThat(on.said("cat", "/tmp/a")).isEqualTo("hello\n");
        var bytes = new ByteArrayOutputStream();
        try (var tar = new LayerWriter(bytes, "/")) {
            tar.write(file("tmp/b"), new ByteArrayInputStream("hello\n".getBytes(StandardCharsets.UTF_8)));
        }
        on.write("/", bytes.toByteArray());
        assertThat(on.said("cat", "/tmp/b")).isEqualTo("hello\n");
    }

    @Test
    void whatIsWrittenBeforeTheFirstStartIsThereAfterIt() throws Exception {
        on.write("/root", tar(file("early")));
        assertThat(entries(on.read("/root/early")).keySet()).containsExactly("early");
        on.start("cat", "/root/early");
        on.awaitExit();
        assertThat(on.logs()).isEqualTo("hello\n");
        on.write("/root", tar(file("late")));
        on.start("ls", "/root");
        Await.until(
                "the second run's output",
                () -> on.logs().endsWith("early\nlate\n") ? Optional.of(1) : Optional.empty());
        on.kill();
        assertThat(on.changes()).isEqualTo("0 /root\n1 /root/early\n1 /root/late");
    }

    @Test
    void kindsAreKeptWhenTheClientWantsThat() throws Exception {
        on.start("sleep", "1000");
        on.write("/tmp", tar(new LayerEntry.Directory(LayerPath.of("d"), PLAIN), file("d/in"), file("f")));
        var keeping = on.open("/tmp").setNoOverwriteDirNonDir(true);
        assertThatThrownBy(() -> on.write(keeping, tar(file("d")), true))
                .extracting(FileCalls::message)
                .isEqualTo("500 cannot overwrite directory \"/d\" with non-directory \"d\"");
        assertThatThrownBy(() -> on.write(keeping, tar(new LayerEntry.Directory(LayerPath.of("f"), PLAIN)), true))
                .extracting(FileCalls::message)
                .isEqualTo("500 cannot overwrite non-directory \"/f\" with directory \"f\"");
        on.write("/tmp", tar(file("d"), new LayerEntry.Directory(LayerPath.of("f"), PLAIN)));
        assertThat(on.said("cat", "/tmp/d")).isEqualTo("hello\n");
        assertThat(on.said("ls", "/tmp/f")).isEmpty();
    }

    @Test
    void refusesWhatCannotBeWrittenInDockersWords() throws Exception {
        on.start("sleep", "1000");
        assertThatThrownBy(() -> on.write("/nosuch", tar(file("f"))))
                .extracting(FileCalls::message)
                .isEqualTo("404 Could not find the file /nosuch in container c1");
        assertThatThrownBy(() -> on.write("/etc/passwd", tar(file("f"))))
                .extracting(FileCalls::message)
                .isEqualTo("400 extraction point is not a directory");
        assertThatThrownBy(() -> on.write("/tmp", "junk".getBytes(StandardCharsets.UTF_8)))
                .extracting(FileCalls::message)
                .isEqualTo("500 unexpected EOF");
        var readOnly = on.open("/");
        assertThatThrownBy(() -> on.write(readOnly.setFiles(on.files().setReadOnly(true)), tar(file("f")), true))
                .extracting(FileCalls::message)
                .isEqualTo("400 container rootfs is marked read-only");
        var mount = MountPlan.newBuilder().setTarget("/data").setReadOnly(true);
        assertThatThrownBy(() -> on.write(
                        readOnly.setPath("/data/x").setFiles(on.files().addMounts(mount)), tar(file("f")), true))
                .extracting(FileCalls::message)
                .isEqualTo("400 mounted volume is marked read-only");
    }

    @Test
    void anArchiveThatBreaksOffIsAnErrorAndHoldsNothingUp() throws Exception {
        var open = on.open("/tmp");
        assertThatThrownBy(() -> on.write(open, tar(file("f")), false))
                .extracting(FileCalls::message)
                .isEqualTo("500 the archive broke off");
        on.start("cat", "/tmp/f");
        on.awaitExit();
        assertThat(on.logs()).isEqualTo("hello\n");
    }
}
