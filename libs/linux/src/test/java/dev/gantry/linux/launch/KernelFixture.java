package dev.gantry.linux.launch;

import dev.gantry.linux.Await;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.process.NetnsPool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Real containers for tests: needs root. Closing it fails the test when it left a mount, a descriptor or a process behind.
 */
final class KernelFixture implements AutoCloseable {
    static final long DOCKER_CAPABILITIES = 0xa80425fbL;

    final Kernel kernel;
    final Path directory;
    final BusyboxRoot root;
    final NetnsPool networks;
    final Launcher launcher;
    private final Traces before;
    private int exitFiles;

    private KernelFixture(Kernel kernel, Path directory) {
        this.kernel = kernel;
        this.directory = directory;
        this.before = Traces.now();
        this.networks = NetnsPool.start(kernel, 0);
        this.launcher = Launcher.create(kernel, networks);
        this.root = BusyboxRoot.in(made(directory.resolve("root")));
    }

    static KernelFixture in(Path directory) {
        return in(directory, Kernel.real());
    }

    static KernelFixture in(Path directory, Kernel kernel) {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new IllegalStateException("kernel tests make namespaces and mounts: run them as root");
        }
        return new KernelFixture(kernel, directory);
    }

    static Path made(Path directory) {
        try {
            return Files.createDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Program program(String... argv) {
        return Program.of(List.of(argv), List.of("PATH=/bin"), Capabilities.uniform(DOCKER_CAPABILITIES));
    }

    /** An ordinary container on a writable directory. */
    LaunchSpec spec(Program program) {
        return spec(program, Mount.standard(1 << 20), new Stdio.Pipes(false));
    }

    LaunchSpec spec(Program program, List<Mount> mounts, Stdio stdio) {
        return new LaunchSpec(
                program,
                new Root.Directory(root.path(), false),
                mounts,
                Mount.defaultMaskedPaths(),
                Mount.defaultReadOnlyPaths(),
                Map.of(),
                Namespaces.own(new NetworkNamespace.Own(), "box"),
                Optional.empty(),
                Optional.empty(),
                stdio,
                directory.resolve("exit-" + ++exitFiles));
    }

    /** What a container left when it had ended. */
    record Result(Exit exit, String out, String err) {}

    Result run(String... argv) {
        return run(spec(program(argv)));
    }

    Result sh(String script) {
        return run("sh", "-c", script);
    }

    Result run(LaunchSpec spec) {
        try (LaunchedContainer container = launcher.start(spec)) {
            return finish(container);
        }
    }

    Result finish(LaunchedContainer container) {
        String out = container.stdout().map(this::readAll).orElse("");
        String err = container.stderr().map(this::readAll).orElse("");
        await("exit of " + container.pid(), () -> container.exit().isPresent());
        return new Result(container.exit().orElseThrow(), out, err);
    }

    /** Everything up to the end, waiting for more. */
    String readAll(Fd fd) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] bytes = new byte[65536];
        boolean[] end = {false};
        await("end of output", () -> {
            int count = tryRead(fd, bytes);
            for (; count > 0; count = tryRead(fd, bytes)) {
                all.write(bytes, 0, count);
            }
            end[0] = count == 0;
            return end[0];
        });
        return all.toString(StandardCharsets.UTF_8);
    }

    /** Reads until {@code text} came, which may be in several pieces. */
    void readUntil(Fd fd, String text) {
        StringBuilder seen = new StringBuilder();
        byte[] bytes = new byte[4096];
        await(text, () -> {
            int count = tryRead(fd, bytes);
            seen.append(new String(bytes, 0, Math.max(count, 0), StandardCharsets.UTF_8));
            return seen.indexOf(text) >= 0;
        });
    }

    /** The count, 0 at the end (of a terminal too), -1 when nothing is there now. */
    private int tryRead(Fd fd, byte[] bytes) {
        try {
            return kernel.read(fd.number(), bytes);
        } catch (KernelException e) {
            return switch (e.errnoName()) {
                case "EAGAIN" -> -1;
                case "EIO" -> 0;
                default -> throw e;
            };
        }
    }

    static void await(String what, BooleanSupplier condition) {
        Await.until(what, condition);
    }

    /** Links of the image that point out of it make JUnit warn when it deletes its directory. */
    private void deleteRoot() {
        try {
            new ProcessBuilder("rm", "-rf", "--one-file-system", root.path().toString())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        deleteRoot();
        launcher.close();
        networks.close();
        try {
            await("traces to vanish", () -> {
                launcher.strays().sweep();
                return Traces.now().besides(before).isEmpty();
            });
        } catch (AssertionError e) {
            throw new AssertionError("left behind: " + Traces.now().besides(before), e);
        }
    }

    /** What could be left behind in this process and on this host. */
    private record Traces(List<String> mounts, List<String> children, List<String> descriptors) {
        static Traces now() {
            try {
                List<String> children = new ArrayList<>();
                try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
                    tasks.forEach(task -> children.addAll(words(task.resolve("children"))));
                }
                return new Traces(Files.readAllLines(Path.of("/proc/self/mountinfo")), children, openDescriptors());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<String> words(Path file) {
            try {
                return List.of(Files.readString(file).split(" ")).stream()
                        .filter(word -> !word.isBlank())
                        .toList();
            } catch (IOException gone) {
                return List.of();
            }
        }

        /** Those of kinds that launches open; the JVM itself opens jars and sockets as it likes. */
        private static List<String> openDescriptors() throws IOException {
            List<String> found = new ArrayList<>();
            try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
                for (Path fd : all.toList()) {
                    target(fd).filter(Traces::ofLaunch).ifPresent(target -> found.add(fd.getFileName() + " " + target));
                }
            }
            return found;
        }

        private static Optional<String> target(Path fd) {
            try {
                return Optional.of(Files.readSymbolicLink(fd).toString());
            } catch (IOException gone) {
                return Optional.empty();
            }
        }

        private static boolean ofLaunch(String target) {
            return Stream.of(
                            "pipe:",
                            "anon_inode:[pidfd]",
                            "anon_inode:[eventfd]",
                            "net:",
                            "/memfd:",
                            "/dev/ptmx",
                            "pidfd:")
                    .anyMatch(target::startsWith);
        }

        List<String> besides(Traces earlier) {
            return Stream.of(
                            minus(mounts, earlier.mounts),
                            minus(children, earlier.children),
                            minus(descriptors, earlier.descriptors))
                    .flatMap(List::stream)
                    .toList();
        }

        private static List<String> minus(List<String> now, List<String> earlier) {
            return now.stream().filter(one -> !earlier.contains(one)).toList();
        }
    }
}
