package dev.gantry.agent.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.files.Trees;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an image has comes into an empty volume, once, and is complete or begun again. */
class CopyUpTest {
    private static final Kernel KERNEL = Kernel.real();
    private static final int S_IFIFO = 0010000;

    private final CopyUp copyUp = new CopyUp(KERNEL);
    private Path directory = Path.of("");
    private Path image = Path.of("");
    private Path volume = Path.of("");
    private Path data = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "gantry-volumes");
        image = Files.createDirectories(directory.resolve("image"));
        data = new VolumeDirectories(directory.resolve("volumes")).make("v1");
        volume = directory.resolve("volumes/v1");
    }

    @AfterEach
    void end() throws IOException {
        Trees.delete(directory);
    }

    private void fill(String target) {
        try (var root = Fd.own(KERNEL, KERNEL.open(image.toString(), FileCalls.O_PATH | FileCalls.O_DIRECTORY, 0))) {
            copyUp.settle(volume);
            copyUp.fill(volume, root, target);
        }
    }

    private static Object unix(Path path, String attribute) throws IOException {
        return Files.getAttribute(path, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
    }

    private Path imageDirectory() throws IOException {
        var source = Files.createDirectories(image.resolve("d/sub"));
        Files.writeString(source.resolve("file"), "content");
        Files.setAttribute(source.resolve("file"), "unix:uid", 1234);
        Files.setAttribute(source.resolve("file"), "unix:gid", 77);
        Files.setAttribute(source.resolve("file"), "unix:mode", 04751);
        Files.setLastModifiedTime(source.resolve("file"), FileTime.from(Instant.parse("2001-02-03T04:05:06.789Z")));
        Files.createLink(image.resolve("d/hard"), source.resolve("file"));
        Files.createSymbolicLink(image.resolve("d/link"), Path.of("/etc/passwd"));
        KERNEL.mknodat(FileCalls.AT_FDCWD, image.resolve("d/pipe").toString(), S_IFIFO | 0640, 0, 0);
        Files.setAttribute(image.resolve("d"), "unix:uid", 500);
        Files.setAttribute(image.resolve("d"), "unix:mode", 01770);
        return image.resolve("d");
    }

    @Test
    void everythingComesWithOwnerModeTimesAndLinks() throws IOException {
        var source = imageDirectory();
        var attributes = Files.getFileAttributeView(source.resolve("sub/file"), UserDefinedFileAttributeView.class);
        attributes.write("colour", StandardCharsets.UTF_8.encode("blue"));
        fill("/d");
        var file = data.resolve("sub/file");
        assertThat(file).hasContent("content");
        assertThat(unix(file, "uid")).isEqualTo(1234);
        assertThat(unix(file, "gid")).isEqualTo(77);
        assertThat((int) unix(file, "mode") & 07777).isEqualTo(04751);
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(Instant.parse("2001-02-03T04:05:06.789Z"));
        assertThat(unix(data.resolve("hard"), "ino")).isEqualTo(unix(file, "ino"));
        assertThat(Files.readSymbolicLink(data.resolve("link"))).isEqualTo(Path.of("/etc/passwd"));
        assertThat((int) unix(data.resolve("pipe"), "mode")).isEqualTo(S_IFIFO | 0640);
        assertThat(Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                        .list())
                .contains("colour");
        assertThat(unix(data, "uid")).isEqualTo(500);
        assertThat((int) unix(data, "mode") & 07777).isEqualTo(01770);
        assertThat(names(volume)).containsExactly("_data");
    }

    @Test
    void aVolumeThatHasSomethingStaysAsItIs() throws IOException {
        imageDirectory();
        Files.writeString(data.resolve("mine"), "1");
        fill("/d");
        assertThat(names(data)).containsExactly("mine");
    }

    @Test
    void aCopyThatWasKilledIsBegunAgain() throws IOException {
        imageDirectory();
        Files.createDirectories(volume.resolve(CopyUp.GROWING).resolve("half"));
        fill("/d");
        assertThat(names(data)).contains("sub", "link").doesNotContain("half");
        assertThat(names(volume)).containsExactly("_data");
    }

    @Test
    void aCompleteCopyIsMovedToItsEndAndOverwritesNothing() throws IOException {
        var complete = Files.createDirectories(volume.resolve(CopyUp.COMPLETE));
        Files.writeString(complete.resolve("a"), "image");
        Files.writeString(complete.resolve("b"), "image");
        Files.writeString(data.resolve("b"), "user");
        copyUp.settle(volume);
        assertThat(data.resolve("a")).hasContent("image");
        assertThat(data.resolve("b")).hasContent("user");
        assertThat(names(volume)).containsExactly("_data");
    }

    @Test
    void aLinkInTheImageLeadsNowhereElse() throws IOException {
        Files.createSymbolicLink(image.resolve("escape"), Path.of("/etc"));
        fill("/escape");
        assertThat(names(data)).isEmpty();
        Files.createDirectories(image.resolve("etc"));
        Files.writeString(image.resolve("etc/own"), "1");
        fill("/escape");
        assertThat(names(data)).containsExactly("own");
    }

    @Test
    void aFileIsNoPlaceForAVolume() throws IOException {
        Files.writeString(image.resolve("f"), "1");
        assertThatThrownBy(() -> fill("/f")).hasMessage("cannot mount volume over existing file, file exists /f");
        fill("/nothing");
        assertThat(names(data)).isEmpty();
    }

    @Test
    void namesThatAreNoTextAreCopiedByteByByte() throws Exception {
        Files.createDirectories(image.resolve("d"));
        var made = new ProcessBuilder("/bin/sh", "-c", "printf x > \"$(printf 'a\\377b')\"")
                .directory(image.resolve("d").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        fill("/d");
        var listed = new ProcessBuilder("/bin/sh", "-c", "ls | od -An -tx1")
                .directory(data.toFile())
                .start();
        assertThat(new String(listed.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("61 ff 62");
    }

    private static List<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
