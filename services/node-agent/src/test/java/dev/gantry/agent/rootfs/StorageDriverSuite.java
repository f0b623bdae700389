package dev.gantry.agent.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.files.Trees;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.MountCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every storage driver promises. */
abstract class StorageDriverSuite {
    static final Kernel KERNEL = Kernel.real();
    private static final String CONTAINER = "c".repeat(64);
    private static final String OTHER = "d".repeat(64);

    private final StorageDriver driver;
    private Path directory;
    private RootFilesystems roots;
    private List<Path> layers;

    StorageDriverSuite(StorageDriver driver) {
        this.driver = driver;
        try {
            this.directory = Files.createTempDirectory(Path.of("/var/tmp"), "gantry-roots");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        this.roots = new RootFilesystems(driver, directory.resolve("containers"));
        this.layers = List.of(directory.resolve("lower"), directory.resolve("upper-layer"));
    }

    @BeforeEach
    void twoLayers() throws IOException {
        Files.createDirectories(layers.get(0).resolve("etc"));
        Files.writeString(layers.get(0).resolve("etc/base"), "base");
        Files.writeString(layers.get(0).resolve("etc/both"), "lower");
        Files.createDirectories(layers.get(1).resolve("etc"));
        Files.writeString(layers.get(1).resolve("etc/both"), "higher");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        var mounts = Files.readString(Path.of("/proc/self/mountinfo"));
        roots.release(CONTAINER);
        roots.release(OTHER);
        assertThat(roots.exists(CONTAINER)).isFalse();
        Trees.delete(directory);
        assertThat(mounts).doesNotContain(directory.toString());
    }

    /** Attaches a root for a moment. */
    private <T> T in(Fd root, RootUse<T> use) throws IOException {
        var point = Files.createDirectories(directory.resolve("point"));
        try (root) {
            KERNEL.moveMount(root.number(), FileCalls.AT_FDCWD, point.toString());
            try {
                return use.apply(point);
            } finally {
                KERNEL.umount2(point.toString(), MountCalls.MNT_DETACH);
            }
        }
    }

    interface RootUse<T> {
        T apply(Path root) throws IOException;
    }

    @Test
    void higherLayersCoverLowerOnes() throws IOException {
        var seen = in(
                roots.prepare(CONTAINER, layers),
                root -> Files.readString(root.resolve("etc/base")) + Files.readString(root.resolve("etc/both")));
        assertThat(seen).isEqualTo("basehigher");
    }

    @Test
    void whatIsWrittenIsSeenByTheNextMountAndByNoOther() throws IOException {
        in(roots.prepare(CONTAINER, layers), root -> {
            Files.delete(root.resolve("etc/base"));
            return Files.writeString(root.resolve("etc/new"), "new");
        });
        var again = in(
                roots.prepare(CONTAINER, layers),
                root -> Files.exists(root.resolve("etc/base")) + Files.readString(root.resolve("etc/new")));
        assertThat(again).isEqualTo("falsenew");
        boolean seenByOther = in(roots.prepare(OTHER, layers), root -> Files.exists(root.resolve("etc/new")));
        assertThat(seenByOther).isFalse();
        assertThat(layers.get(0).resolve("etc/base")).hasContent("base");
    }

    @Test
    void theRootIsReadableByEverybody() throws IOException {
        var mode = in(roots.prepare(CONTAINER, layers), root -> (Integer) Files.getAttribute(root, "unix:mode"));
        assertThat(mode).isEqualTo(040755);
    }

    @Test
    void aFailedMountLeavesNoneBehind() throws IOException {
        var missing = List.of(layers.get(0), directory.resolve("no-such-layer"));
        assertThatThrownBy(() -> roots.prepare(CONTAINER, missing)).isInstanceOf(KernelException.class);
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(directory.toString());
    }

    @Test
    void anEphemeralRootKeepsItsFilesFromStartToStart() throws IOException {
        in(
                roots.prepare(CONTAINER, layers, Durability.EPHEMERAL),
                root -> Files.writeString(root.resolve("etc/new"), "new"));
        var again = in(
                roots.prepare(CONTAINER, layers, Durability.EPHEMERAL),
                root -> Files.readString(root.resolve("etc/new")));
        assertThat(again).isEqualTo("new");
    }

    @Test
    void releasingTwiceAndWhatNeverWasIsSuccess() throws IOException {
        roots.prepare(CONTAINER, layers).close();
        roots.release(CONTAINER);
        roots.release(CONTAINER);
        roots.release(OTHER);
        assertThat(roots.exists(CONTAINER)).isFalse();
    }

    @Test
    void manyLayersAreMounted() throws IOException {
        var many = new java.util.ArrayList<Path>();
        for (int i = 0; i < 100; i++) {
            var layer = Files.createDirectories(directory.resolve("m" + "x".repeat(60) + i));
            Files.writeString(layer.resolve("file"), "layer " + i);
            many.add(layer);
        }
        String top = in(roots.prepare(CONTAINER, many), root -> Files.readString(root.resolve("file")));
        assertThat(top).isEqualTo("layer 99");
    }

    @Test
    void usersAreFoundInTheRootWithoutLeavingIt() throws IOException {
        Files.writeString(layers.get(1).resolve("etc/passwd.real"), "anna:x:7:8::/home/anna:\n");
        Files.createSymbolicLink(layers.get(1).resolve("etc/passwd"), Path.of("/../../etc/passwd.real"));
        Files.createSymbolicLink(layers.get(1).resolve("etc/group"), Path.of("/proc/self/root/etc/group"));
        try (var root = roots.prepare(CONTAINER, layers)) {
            var user = new UserLookup(KERNEL).find(root, "anna", List.of());
            assertThat(user).isEqualTo(new ContainerUser(7, 8, List.of(8), "/home/anna"));
            assertThatThrownBy(() -> new UserLookup(KERNEL).find(root, "anna:root", List.of()))
                    .hasMessageContaining("unable to find group root");
        }
    }

    @Test
    void aPipeInPlaceOfPasswdHoldsNobodyUp() throws Exception {
        new ProcessBuilder("mkfifo", layers.get(1).resolve("etc/passwd").toString())
                .start()
                .waitFor();
        try (var root = roots.prepare(CONTAINER, layers)) {
            assertThatThrownBy(() -> new UserLookup(KERNEL).find(root, "anna", List.of()))
                    .hasMessageContaining("unable to find user anna");
        }
    }

    @Test
    void anIdThatIsAPathIsRefused() {
        assertThatThrownBy(() -> roots.prepare("../x", layers)).isInstanceOf(IllegalArgumentException.class);
        assertThat(driver.name()).isNotEmpty();
    }
}
