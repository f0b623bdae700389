package dev.gantry.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.ArchivePart;
import dev.gantry.contracts.rpc.ContainerFiles;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.contracts.rpc.PathQuery;
import dev.gantry.contracts.rpc.PathStat;
import dev.gantry.contracts.rpc.WriteArchiveOpen;
import dev.gantry.contracts.rpc.WriteArchivePart;
import dev.gantry.oci.layer.Attributes;
import dev.gantry.oci.layer.LayerEntry;
import dev.gantry.oci.layer.LayerPath;
import dev.gantry.oci.layer.LayerWriter;
import dev.gantry.oci.layer.LinkTarget;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.StatusException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Files of containers, through the agent's calls. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveTest {
    private static final int SIGKILL = 9;
    private static final Attributes PLAIN =
            new Attributes(0640, 12, 34, Instant.ofEpochSecond(1_600_000_000), Map.of());

    private final String cgroup = "aga" + ProcessHandle.current().pid();
    private Path directory = Path.of("");
    private TestImage image;
    private TestAgent agent;
    private String container = "";

    @BeforeAll
    void begin(@TempDir Path temporary) throws Exception {
        directory = temporary;
        image = TestImage.build(Files.createDirectory(directory.resolve("image")));
        agent = TestAgent.here(directory.resolve("data"), cgroup, image);
    }

    @AfterAll
    void end() throws Exception {
        agent.close();
        Leftovers.check(cgroup, directory);
    }

    @BeforeEach
    void newContainer() {
        container = TestAgent.newId();
    }

    @AfterEach
    void release() {
        assertThat(agent.release(container).hasDone()).isTrue();
    }

    private void started(String... command) {
        var started = agent.start(container, command);
        assertThat(started.hasRunning()).as("%s", started).isTrue();
    }

    private ContainerFiles.Builder files() {
        return ContainerFiles.newBuilder()
                .setContainer(container)
                .setReference("c1")
                .setImage(image.resolved());
    }

    private PathQuery query(String path) {
        return PathQuery.newBuilder()
                .setContainer(container)
                .setPath(path)
                .setFiles(files())
                .build();
    }

    private PathStat stat(String path) {
        return AgentGrpc.newBlockingStub(agent.channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .statPath(query(path));
    }

    private Map<String, TarArchiveEntry> entries(byte[] tar) throws IOException {
        var entries = new LinkedHashMap<String, TarArchiveEntry>();
        try (var in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), entry);
            }
        }
        return entries;
    }

    private byte[] read(String path) {
        var bytes = new ByteArrayOutputStream();
        AgentGrpc.newBlockingStub(agent.channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .readArchive(query(path))
                .forEachRemaining(part -> append(part, bytes));
        return bytes.toByteArray();
    }

    private static void append(ArchivePart part, ByteArrayOutputStream bytes) {
        bytes.writeBytes(part.getData().toByteArray());
    }

    private byte[] exported() {
        var bytes = new ByteArrayOutputStream();
        AgentGrpc.newBlockingStub(agent.channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .export(files().build())
                .forEachRemaining(part -> append(part, bytes));
        return bytes.toByteArray();
    }

    private String changes() {
        var all = new java.util.ArrayList<String>();
        AgentGrpc.newBlockingStub(agent.channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .changes(files().build())
                .forEachRemaining(some -> some.getPathsList()
                        .forEach(change -> all.add(
                                change.getKind() + " " + change.getPath().toStringUtf8())));
        return all.stream().collect(Collectors.joining("\n"));
    }

    private static byte[] tar(LayerEntry... entries) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new LayerWriter(bytes)) {
            for (var entry : entries) {
                tar.write(entry, new ByteArrayInputStream("hello\n".getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static LayerEntry file(String path) {
        return new LayerEntry.File(LayerPath.of(path), PLAIN, 6);
    }

    private void write(String path, byte[] tar) {
        write(
                WriteArchiveOpen.newBuilder()
                        .setContainer(container)
                        .setPath(path)
                        .setFiles(files()),
                tar,
                true);
    }

    private void write(WriteArchiveOpen.Builder open, byte[] tar, boolean whole) {
        var call = AgentGrpc.newBlockingV2Stub(agent.channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .writeArchive();
        try {
            call.write(WriteArchivePart.newBuilder().setOpen(open).build());
            call.write(WriteArchivePart.newBuilder()
                    .setData(ByteString.copyFrom(tar))
                    .build());
            if (whole) {
                call.write(WriteArchivePart.newBuilder()
                        .setEnd(WriteArchivePart.WriteArchiveEnd.getDefaultInstance())
                        .build());
            }
            call.halfClose();
            assertThat(call.read()).isNotNull();
        } catch (StatusException e) {
            throw e.getStatus().asRuntimeException(e.getTrailers());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String message(Throwable failure) {
        var known = RpcErrors.from(failure, "agent");
        return known.code().httpStatus() + " " + known.getMessage();
    }

    private String said(String... command) throws Exception {
        return agent.exec(container, command).said();
    }

    @Test
    void looksAtFilesOfARunningContainer() throws Exception {
        started("sleep", "1000");
        var file = stat("/etc/passwd");
        assertThat(file.getName()).isEqualTo("passwd");
        assertThat(file.getMode()).isEqualTo(0644);
        assertThat(file.getSize()).isPositive();
        assertThat(Integer.toUnsignedLong(stat("/etc/").getMode())).isEqualTo((1L << 31) | 0755);
        var link = stat("/bin/sh");
        assertThat(link.getMode() & (1 << 27)).isNotZero();
        assertThat(link.getLinkTarget()).isEqualTo("/bin/busybox");
        assertThatThrownBy(() -> stat("/nosuch"))
                .extracting(ArchiveTest::message)
                .isEqualTo("404 Could not find the file /nosuch in container c1");
        assertThatThrownBy(() -> stat("/etc/passwd/x"))
                .extracting(ArchiveTest::message)
                .asString()
                .startsWith("500 ");
    }

    @Test
    void readsAFileAndADirectoryUnderTheirNames() throws Exception {
        started("sleep", "1000");
        assertThat(entries(read("/etc/passwd")).keySet()).containsExactly("passwd");
        said("sh", "-c", "busybox mkdir -p /t/d; echo x >/t/d/f; busybox ln /t/d/f /t/d/g; busybox mkfifo /t/p");
        var tree = entries(read("/t"));
        assertThat(tree.keySet()).containsExactlyInAnyOrder("t/", "t/d/", "t/d/f", "t/d/g", "t/p");
        assertThat(tree.values().stream().filter(TarArchiveEntry::isLink)).hasSize(1);
        assertThat(entries(read("/t/.")).keySet()).contains("./", "./d/f");
        assertThat(entries(read("/")).keySet())
                .contains("/", "/t/", "/proc/", "/etc/passwd")
                .doesNotContain("/proc/1/");
    }

    @Test
    void writesIntoARunningContainer() throws Exception {
        started("sleep", "1000");
        write(
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
        assertThat(said("busybox", "stat", "-c", "%a %u:%g %h %Y", "/tmp/d/f")).isEqualTo("640 12:34 2 1600000000\n");
        assertThat(said("busybox", "stat", "-c", "%a %u:%g", "/tmp/d")).isEqualTo("711 5:6\n");
        assertThat(said("cat", "/tmp/d/h")).isEqualTo("hello\n");
        assertThat(said("ls", "-a", "/tmp")).contains(".wh.notAWhiteout").contains("up");
    }

    @Test
    void takesPackedArchivesAndAbsoluteNames() throws Exception {
        started("sleep", "1000");
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(tar(file("a")));
        }
        write("/tmp", packed.toByteArray());
        assertThat(said("cat", "/tmp/a")).isEqualTo("hello\n");
        var bytes = new ByteArrayOutputStream();
        try (var tar = new LayerWriter(bytes, "/")) {
            tar.write(file("tmp/b"), new ByteArrayInputStream("hello\n".getBytes(StandardCharsets.UTF_8)));
        }
        write("/", bytes.toByteArray());
        assertThat(said("cat", "/tmp/b")).isEqualTo("hello\n");
    }

    @Test
    void whatIsWrittenBeforeTheFirstStartIsThereAfterIt() throws Exception {
        write("/root", tar(file("early")));
        assertThat(entries(read("/root/early")).keySet()).containsExactly("early");
        started("cat", "/root/early");
        agent.awaitExit(container);
        assertThat(agent.logs(container)).isEqualTo("hello\n");
        write("/root", tar(file("late")));
        started("ls", "/root");
        Await.until(
                "the second run's output",
                () -> agent.logs(container).endsWith("early\nlate\n")
                        ? java.util.Optional.of(1)
                        : java.util.Optional.empty());
        agent.kill(container, SIGKILL);
        assertThat(changes()).isEqualTo("0 /root\n1 /root/early\n1 /root/late");
    }

    @Test
    void kindsAreKeptWhenTheClientWantsThat() throws Exception {
        started("sleep", "1000");
        write("/tmp", tar(new LayerEntry.Directory(LayerPath.of("d"), PLAIN), file("d/in"), file("f")));
        var keeping = WriteArchiveOpen.newBuilder()
                .setContainer(container)
                .setPath("/tmp")
                .setFiles(files())
                .setNoOverwriteDirNonDir(true);
        assertThatThrownBy(() -> write(keeping, tar(file("d")), true))
                .extracting(ArchiveTest::message)
                .isEqualTo("500 cannot overwrite directory \"/d\" with non-directory \"d\"");
        assertThatThrownBy(() -> write(keeping, tar(new LayerEntry.Directory(LayerPath.of("f"), PLAIN)), true))
                .extracting(ArchiveTest::message)
                .isEqualTo("500 cannot overwrite non-directory \"/f\" with directory \"f\"");
        write("/tmp", tar(file("d"), new LayerEntry.Directory(LayerPath.of("f"), PLAIN)));
        assertThat(said("cat", "/tmp/d")).isEqualTo("hello\n");
        assertThat(said("ls", "/tmp/f")).isEmpty();
    }

    @Test
    void refusesWhatCannotBeWrittenInDockersWords() throws Exception {
        started("sleep", "1000");
        assertThatThrownBy(() -> write("/nosuch", tar(file("f"))))
                .extracting(ArchiveTest::message)
                .isEqualTo("404 Could not find the file /nosuch in container c1");
        assertThatThrownBy(() -> write("/etc/passwd", tar(file("f"))))
                .extracting(ArchiveTest::message)
                .isEqualTo("400 extraction point is not a directory");
        assertThatThrownBy(() -> write("/tmp", "junk".getBytes(StandardCharsets.UTF_8)))
                .extracting(ArchiveTest::message)
                .isEqualTo("500 unexpected EOF");
        var readOnly = WriteArchiveOpen.newBuilder().setContainer(container).setPath("/");
        assertThatThrownBy(() -> write(readOnly.setFiles(files().setReadOnly(true)), tar(file("f")), true))
                .extracting(ArchiveTest::message)
                .isEqualTo("400 container rootfs is marked read-only");
        var mount = MountPlan.newBuilder().setTarget("/data").setReadOnly(true);
        assertThatThrownBy(() ->
                        write(readOnly.setPath("/data/x").setFiles(files().addMounts(mount)), tar(file("f")), true))
                .extracting(ArchiveTest::message)
                .isEqualTo("400 mounted volume is marked read-only");
    }

    @Test
    void anArchiveThatBreaksOffIsAnErrorAndHoldsNothingUp() throws Exception {
        var open = WriteArchiveOpen.newBuilder()
                .setContainer(container)
                .setPath("/tmp")
                .setFiles(files());
        assertThatThrownBy(() -> write(open, tar(file("f")), false))
                .extracting(ArchiveTest::message)
                .isEqualTo("500 the archive broke off");
        started("cat", "/tmp/f");
        agent.awaitExit(container);
        assertThat(agent.logs(container)).isEqualTo("hello\n");
    }

    @Test
    void linksLeadNowhereButInside() throws Exception {
        var secret = Files.writeString(directory.resolve("secret"), "of the host");
        started("sleep", "1000");
        said("busybox", "ln", "-s", secret.toString(), "/tmp/out");
        said("busybox", "ln", "-s", "../../../../../../../../..", "/tmp/up");
        assertThatThrownBy(() -> stat("/tmp/out/"))
                .extracting(ArchiveTest::message)
                .asString()
                .startsWith("404");
        assertThat(entries(read("/tmp/up/etc/passwd")).keySet()).containsExactly("passwd");
        assertThatThrownBy(() -> read("/tmp/up" + secret))
                .extracting(ArchiveTest::message)
                .asString()
                .startsWith("404");
        assertThatThrownBy(() -> write("/tmp", tar(file("up/evil"))))
                .extracting(ArchiveTest::message)
                .asString()
                .contains("ELOOP");
        assertThat(said("ls", "/")).doesNotContain("evil");
    }

    @Test
    void aContainerThatSwapsDirectoriesForLinksGainsNothing() throws Exception {
        started(
                "sh",
                "-c",
                "busybox mkdir -p /t/d; while :; do busybox rm -rf /t/d; busybox ln -s /etc /t/d; busybox rm -f /t/d;"
                        + " busybox mkdir /t/d; done");
        Await.untilTrue("its directory", () -> changes().contains("1 /t"));
        for (int i = 0; i < 60; i++) {
            try {
                write("/t", tar(file("d/marker" + i)));
            } catch (io.grpc.StatusRuntimeException e) {
                assertThat(message(e)).startsWith("500 "); // it was swapped at that moment
            }
            try {
                read("/t");
            } catch (io.grpc.StatusRuntimeException e) {
                assertThat(message(e)).startsWith("404 ");
            }
        }
        assertThat(said("ls", "/etc")).doesNotContain("marker");
        agent.kill(container, SIGKILL);
        agent.awaitExit(container);
    }

    @Test
    void exportsTheRootWithoutWhatIsMountedThere() throws Exception {
        started("sh", "-c", "echo x >/new; busybox rm /etc/group; echo y >>/etc/passwd; sleep 1000");
        Await.until(
                "its changes",
                () -> changes().contains("/etc/passwd") ? java.util.Optional.of(1) : java.util.Optional.empty());
        var running = entries(exported());
        assertThat(running.keySet())
                .contains("new", "bin/", "bin/busybox", "proc/")
                .doesNotContain("proc/1/", "etc/group");
        assertThat(java.util.Objects.requireNonNull(running.get("etc/hosts")).getSize())
                .isZero();
        agent.kill(container, SIGKILL);
        agent.awaitExit(container);
        assertThat(entries(exported()).keySet()).containsExactlyInAnyOrderElementsOf(running.keySet());
        assertThat(changes())
                .isEqualTo(String.join("\n", List.of("0 /etc", "2 /etc/group", "0 /etc/passwd", "1 /new")));
    }

    @Test
    void aContainerThatNeverRanHasTheFilesOfItsImage() throws Exception {
        assertThat(stat("/etc/passwd").getSize()).isPositive();
        assertThat(entries(exported()).keySet()).contains("bin/busybox");
        assertThat(changes()).isEmpty();
    }
}
