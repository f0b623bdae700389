package dev.gantry.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    @TempDir
    private Path directory;

    @Test
    void linksAreDeletedNotFollowed() throws IOException {
        var outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "x");
        var tree = Files.createDirectory(directory.resolve("tree"));
        Files.createSymbolicLink(tree.resolve("link"), outside);
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("/no/such"));
        Trees.delete(tree);
        assertThat(tree).doesNotExist();
        assertThat(outside.resolve("kept")).exists();
    }

    @Test
    void aTreeDeeperThanDescriptorsIsDeleted() throws IOException {
        var tree = Files.createDirectory(directory.resolve("tree"));
        var at = tree;
        for (int depth = 0; depth < 600; depth++) {
            at = Files.createDirectory(at.resolve("d"));
            Files.writeString(at.resolve("f"), "x");
        }
        Trees.delete(tree);
        assertThat(tree).doesNotExist();
    }

    @Test
    void aRandomTreeIsDeleted() throws IOException {
        var seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var tree = Files.createDirectory(directory.resolve("tree"));
        grow(tree, random, 0);
        Trees.delete(tree);
        assertThat(tree).doesNotExist();
    }

    private static void grow(Path at, Random random, int depth) throws IOException {
        for (int i = 0; i < random.nextInt(6); i++) {
            if (depth < 6 && random.nextBoolean()) {
                grow(Files.createDirectory(at.resolve("d" + i)), random, depth + 1);
            } else {
                Files.writeString(at.resolve("f" + i), "x");
            }
        }
    }

    @Test
    void whatIsNotThereIsDeletedAlready() throws IOException {
        Trees.delete(directory.resolve("nothing"));
        Files.writeString(directory.resolve("file"), "x");
        Trees.delete(directory.resolve("file"));
        assertThat(directory.resolve("file")).doesNotExist();
    }
}
