package dev.gantry.agent.runtime;

import dev.gantry.agent.layers.BlobSource;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.oci.digest.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** An image of one layer: busybox-static of Debian and a few files. */
final class TestImage {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final List<String> NAMES = List.of(
            "sh",
            "cat",
            "echo",
            "sleep",
            "seq",
            "id",
            "hostname",
            "ls",
            "kill",
            "head",
            "yes",
            "dd",
            "true",
            "env",
            "pwd",
            "tr",
            "grep",
            "ip");

    private final byte[] tar;
    private final Digest digest;

    private TestImage(byte[] tar) {
        this.tar = tar;
        this.digest = Digest.of(tar);
    }

    /** @param directory an empty one to build it in */
    static TestImage build(Path directory) throws IOException, InterruptedException {
        if (!Files.isExecutable(BUSYBOX)) {
            throw new IllegalStateException("kernel tests need " + BUSYBOX + ": apt-get install busybox-static");
        }
        for (var name : List.of("bin", "etc", "proc", "sys", "dev", "tmp", "root")) {
            Files.createDirectory(directory.resolve(name));
        }
        Files.copy(BUSYBOX, directory.resolve("bin/busybox"));
        for (var name : NAMES) {
            Files.createSymbolicLink(directory.resolve("bin/" + name), Path.of("busybox"));
        }
        Files.writeString(
                directory.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\nme:x:1000:1000::/home/me:/bin/sh\n");
        Files.writeString(directory.resolve("etc/group"), "root:x:0:\nme:x:1000:\n");
        return of(directory);
    }

    /** The same image again, from the directory it was built in. */
    static TestImage of(Path directory) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "tar", "-C", directory.toString(), "--sort=name", "--owner=0", "--group=0", "-c", ".")
                .start();
        var tar = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("tar failed");
        }
        return new TestImage(tar);
    }

    BlobSource blobs() {
        return (wanted, offset) -> {
            if (!wanted.equals(digest)) {
                throw new IOException("unknown blob " + wanted);
            }
            return new ByteArrayInputStream(Arrays.copyOfRange(tar, (int) offset, tar.length));
        };
    }

    ResolvedImage resolved() {
        return ResolvedImage.newBuilder()
                .setId(digest.toString())
                .addLayers(ResolvedImage.Layer.newBuilder()
                        .setDiffId(digest.toString())
                        .setDigest(digest.toString())
                        .setMediaType("application/vnd.oci.image.layer.v1.tar")
                        .setSize(tar.length))
                .build();
    }
}
