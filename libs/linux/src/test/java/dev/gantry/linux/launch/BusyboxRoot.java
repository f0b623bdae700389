package dev.gantry.linux.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A root file system with busybox under every name it knows that tests use, made in a given empty directory. */
record BusyboxRoot(Path path) {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final List<String> NAMES = List.of(
            "sh",
            "echo",
            "cat",
            "ls",
            "sleep",
            "true",
            "false",
            "id",
            "hostname",
            "env",
            "pwd",
            "mount",
            "touch",
            "stat",
            "readlink",
            "head",
            "dd",
            "grep",
            "tty",
            "stty",
            "kill",
            "ps",
            "test",
            "wc",
            "mkdir",
            "rm",
            "ln",
            "yes",
            "ip");

    static BusyboxRoot in(Path directory) {
        if (!Files.isExecutable(BUSYBOX)) {
            throw new IllegalStateException("kernel tests need " + BUSYBOX + ": apt-get install busybox-static");
        }
        try {
            for (String name : List.of("bin", "etc", "tmp", "proc", "sys", "dev", "root", "data")) {
                Files.createDirectories(directory.resolve(name));
            }
            Files.copy(BUSYBOX, directory.resolve("bin/busybox"));
            for (String name : NAMES) {
                Files.createSymbolicLink(directory.resolve("bin/" + name), Path.of("busybox"));
            }
            Files.writeString(directory.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\n");
            return new BusyboxRoot(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
