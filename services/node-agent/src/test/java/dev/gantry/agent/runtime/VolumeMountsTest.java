package dev.gantry.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.docker.container.HostConfigBuilder;
import dev.gantry.contracts.rpc.MountPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Volumes, binds and tmpfs as containers see them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VolumeMountsTest {
    private final String cgroup = "agv" + ProcessHandle.current().pid();
    private Path directory = Path.of("");
    private TestAgent agent;

    @BeforeAll
    void begin(@TempDir Path temporary) throws Exception {
        directory = temporary;
        var image = Files.createDirectory(directory.resolve("image"));
        var _ = TestImage.build(image);
        Files.createDirectories(image.resolve("filled/sub"));
        Files.writeString(image.resolve("filled/sub/file"), "of the image");
        // a link to what is on the host as well as, under the same name, in the image
        var outside = Files.createDirectory(directory.resolve("outside"));
        Files.createDirectories(image.resolve(Path.of("/").relativize(outside)));
        Files.createSymbolicLink(image.resolve("link"), outside);
        agent = TestAgent.here(directory.resolve("data"), cgroup, TestImage.of(image));
    }

    @AfterAll
    void end() throws Exception {
        agent.close();
        Leftovers.check(cgroup, directory);
    }

    private static MountPlan.Builder volume(String name, String target) {
        return MountPlan.newBuilder()
                .setType("volume")
                .setSource(name)
                .setTarget(target)
                .setCopyUp(true)
                .addAllOptions(List.of("rbind", "rprivate"));
    }

    private MountPlan.Builder bind(String source, String target) {
        return MountPlan.newBuilder()
                .setType("bind")
                .setSource(directory.resolve(source).toString())
                .setTarget(target)
                .addAllOptions(List.of("rbind", "rprivate"));
    }

    private String output(String script, MountPlan.Builder... mounts) {
        return output(h -> h, script, mounts);
    }

    private String output(UnaryOperator<HostConfigBuilder> host, String script, MountPlan.Builder... mounts) {
        var id = TestAgent.newId();
        var order = agent.startOrder(id, c -> c.cmd(List.of("sh", "-c", script)), host);
        for (var mount : mounts) {
            order.getStartBuilder().addMounts(mount);
        }
        var outcome = agent.apply(order);
        if (outcome.hasFailed()) {
            agent.release(id);
            return outcome.getFailed().getMessage();
        }
        agent.awaitExit(id);
        var output = agent.logs(id);
        agent.release(id);
        return output;
    }

    @Test
    void aVolumeKeepsWhatOneContainerWroteForTheNext() {
        assertThat(output("echo kept > /deep/down/f", volume("keeps", "/deep/down")))
                .isEmpty();
        assertThat(output("cat /d/f", volume("keeps", "/d"))).isEqualTo("kept\n");
        assertThat(directory.resolve("data/volumes/keeps/_data/f")).hasContent("kept\n");
        assertThat(output(
                        "(echo x > /d/f) 2> /dev/null || echo refused; cat /d/f",
                        volume("keeps", "/d").setReadOnly(true)))
                .isEqualTo("refused\nkept\n");
    }

    @Test
    void anEmptyVolumeGetsWhatTheImageHasUnlessAskedNotTo() {
        assertThat(output("cat /filled/sub/file", volume("copied", "/filled"))).isEqualTo("of the image");
        assertThat(directory.resolve("data/volumes/copied/_data/sub/file")).hasContent("of the image");
        assertThat(output("ls /filled", volume("not-copied", "/filled").setCopyUp(false)))
                .isEmpty();
    }

    @Test
    void aDirectoryOfAVolumeIsMountedAndNothingOutsideIt() throws Exception {
        output("echo s > /d/f", volume("parts", "/d").setCopyUp(false));
        var data = directory.resolve("data/volumes/parts/_data");
        Files.createDirectories(data.resolve("one"));
        Files.writeString(data.resolve("one/g"), "inside");
        Files.createSymbolicLink(data.resolve("out"), Path.of("/etc"));
        assertThat(output("cat /d/g", volume("parts", "/d").setSubpath("one"))).isEqualTo("inside");
        assertThat(output("ls /d", volume("parts", "/d").setSubpath("out"))).contains("subpath \"out\"");
        assertThat(output("ls /d", volume("parts", "/d").setSubpath("none"))).contains("no such file or directory");
    }

    @Test
    void filesAndDirectoriesOfTheHostAreBound() throws Exception {
        Files.createDirectories(directory.resolve("host"));
        Files.writeString(directory.resolve("host/f"), "of the host");
        assertThat(output("cat /d/f", bind("host", "/d"))).isEqualTo("of the host");
        assertThat(output("cat /etc/single", bind("host/f", "/etc/single"))).isEqualTo("of the host");
        assertThat(output(
                        "(echo x > /d/f) 2> /dev/null || echo refused",
                        bind("host", "/d").setReadOnly(true).addOptions("rro")))
                .isEqualTo("refused\n");
    }

    @Test
    void aMissingSourceIsMadeOnlyWhereAskedFor() {
        assertThat(output("true", bind("absent", "/d")))
                .isEqualTo("invalid mount config for type \"bind\": bind source path does not exist: "
                        + directory.resolve("absent"));
        assertThat(directory.resolve("absent")).doesNotExist();
        assertThat(output("ls /d", bind("made/by", "/d").setMakeSource(true))).isEmpty();
        assertThat(directory.resolve("made/by")).isDirectory();
    }

    @Test
    void aLinkInTheImageLeadsAMountNowhereOutside() {
        assertThat(output("echo x > /link/f", volume("linked", "/link").setCopyUp(false)))
                .isEmpty();
        assertThat(directory.resolve("data/volumes/linked/_data/f")).exists();
        assertThat(directory.resolve("outside")).isEmptyDirectory();
    }

    @Test
    void aTmpfsHasItsSizeModeAndFlags() {
        var options = List.of("noexec", "nosuid", "nodev", "rprivate", "size=1m", "mode=700");
        var tmpfs = MountPlan.newBuilder().setType("tmpfs").setTarget("/t").addAllOptions(options);
        assertThat(output("grep ' /t ' /proc/self/mounts", tmpfs))
                .contains("tmpfs /t tmpfs rw,nosuid,nodev,noexec")
                .contains("size=1024k")
                .contains("mode=700");
        var plain = MountPlan.newBuilder().setType("tmpfs").setTarget("/filled").addOptions("exec");
        assertThat(output("grep ' /filled ' /proc/self/mounts; ls /filled", plain))
                .contains("mode=755")
                .doesNotContain("sub");
    }

    @Test
    void oneMountLiesBelowAnother() {
        assertThat(output("echo 1 > /d/inner/f; ls /d", volume("outer", "/d"), volume("inner", "/d/inner")))
                .isEqualTo("inner\n");
        assertThat(directory.resolve("data/volumes/inner/_data/f")).exists();
        assertThat(output("cat /etc/hostname", volume("etc", "/etc"))).isNotEmpty();
    }
}
