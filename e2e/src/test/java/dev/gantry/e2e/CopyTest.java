package dev.gantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.e2e.harness.OnPlatform;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.harness.Platforms;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of containers and whole images, in and out, with the docker CLI. */
@OnPlatform
class CopyTest {
    private final Platform gantry;

    @TempDir
    Path directory;

    CopyTest(Packaging packaging) {
        gantry = Platforms.of(packaging);
    }

    @AfterEach
    void removeWhatIsLeft() {
        gantry.docker("ps", "-aq").out().lines().forEach(id -> gantry.docker("rm", "-f", id));
    }

    @Test
    void copiesIntoAContainerThatNeverRanAndOutOfOneThatEnded() throws Exception {
        var file = Files.writeString(directory.resolve("in"), "from outside\n");
        gantry.docker("create", "--name", "cp", "busybox", "sh", "-c", "cat /tmp/in; echo inside >/tmp/out");
        var copied = gantry.docker("cp", file.toString(), "cp:/tmp/in");
        assertThat(copied.exit()).as(copied.err()).isZero();
        assertThat(gantry.docker("start", "-a", "cp").out()).isEqualTo("from outside\n");
        var out = directory.resolve("out");
        assertThat(gantry.docker("cp", "cp:/tmp/out", out.toString()).exit()).isZero();
        assertThat(Files.readString(out)).isEqualTo("inside\n");
        assertThat(gantry.docker("diff", "cp").out().lines()).contains("C /tmp", "A /tmp/in", "A /tmp/out");
        assertThat(gantry.docker("cp", "cp:/nosuch", out.toString()).err())
                .contains("Could not find the file /nosuch in container cp");
    }

    @Test
    void copiesATreeIntoARunningContainer() throws Exception {
        var tree = Files.createDirectories(directory.resolve("tree/below"));
        Files.writeString(tree.resolve("f"), "deep\n");
        gantry.docker("run", "-d", "--name", "cp", "busybox", "sleep", "1000");
        var copied = gantry.docker("cp", directory.resolve("tree").toString(), "cp:/tmp");
        assertThat(copied.exit()).as(copied.err()).isZero();
        assertThat(gantry.docker("exec", "cp", "cat", "/tmp/tree/below/f").out())
                .isEqualTo("deep\n");
        var back = directory.resolve("back");
        assertThat(gantry.docker("cp", "cp:/tmp/tree/.", back.toString()).exit())
                .isZero();
        assertThat(Files.readString(back.resolve("below/f"))).isEqualTo("deep\n");
    }

    @Test
    void exportsSavesAndLoads() {
        gantry.docker("create", "--name", "cp", "busybox", "true");
        var root = directory.resolve("root.tar").toString();
        assertThat(gantry.docker("export", "-o", root, "cp").exit()).isZero();
        assertThat(gantry.docker("import", root, "exported:1").out()).startsWith("sha256:");
        assertThat(gantry.docker("run", "--rm", "exported:1", "echo", "again").out())
                .isEqualTo("again\n");
        var archive = directory.resolve("image.tar").toString();
        assertThat(gantry.docker("save", "-o", archive, "exported:1").exit()).isZero();
        assertThat(gantry.docker("rmi", "exported:1").exit()).isZero();
        assertThat(gantry.docker("load", "-i", archive).out()).isEqualTo("Loaded image: exported:1\n");
        assertThat(gantry.docker("run", "--rm", "exported:1", "echo", "loaded").out())
                .isEqualTo("loaded\n");
        assertThat(gantry.docker("rmi", "exported:1").exit()).isZero();
        assertThat(gantry.docker("save", "nosuch").err()).contains("No such image: nosuch");
    }
}
