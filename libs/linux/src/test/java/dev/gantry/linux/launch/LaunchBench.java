package dev.gantry.linux.launch;

import dev.gantry.linux.Kernel;
import dev.gantry.linux.process.NetnsPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Prints how long a start takes, and how long until its exit is seen. Run as root:
 * {@code java -cp ... dev.gantry.linux.launch.LaunchBench [rounds] [milliseconds between]}.
 */
final class LaunchBench {
    private LaunchBench() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        int pause = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        Path directory = Files.createTempDirectory("gantry-bench");
        BusyboxRoot root = BusyboxRoot.in(Files.createDirectory(directory.resolve("root")));
        try (NetnsPool networks = NetnsPool.start(Kernel.real(), 8);
                Launcher launcher = Launcher.create(Kernel.real(), networks)) {
            new Rounds(launcher, spec(root, directory.resolve("exit"))).run(rounds, pause);
        } finally {
            new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
        }
    }

    private static LaunchSpec spec(BusyboxRoot root, Path exitFile) {
        return new LaunchSpec(
                Program.of(List.of("/bin/true"), List.of("PATH=/bin"), Capabilities.uniform(0xa80425fbL)),
                new Root.Directory(root.path(), false),
                Mount.standard(64 << 20),
                Mount.defaultMaskedPaths(),
                Mount.defaultReadOnlyPaths(),
                Map.of(),
                Namespaces.own(new NetworkNamespace.Own(), "bench"),
                Optional.empty(),
                Optional.empty(),
                new Stdio.Pipes(false),
                exitFile);
    }

    private record Rounds(Launcher launcher, LaunchSpec spec) {
        private void run(int rounds, int pause) throws InterruptedException {
            long[] prepared = new long[rounds];
            long[] started = new long[rounds];
            long[] ended = new long[rounds];
            for (int warm = 0; warm < 100; warm++) {
                round(new long[1], new long[1], new long[1], 0);
            }
            for (int i = 0; i < rounds; i++) {
                round(prepared, started, ended, i);
                Thread.sleep(pause);
            }
            print("start to prepared", prepared);
            print("start to program executed", started);
            print("start to exit seen", ended);
        }

        private void round(long[] prepared, long[] started, long[] ended, int i) {
            long begin = System.nanoTime();
            Prepared ready = launcher.prepare(spec);
            prepared[i] = System.nanoTime() - begin;
            LaunchedContainer container = ready.go();
            started[i] = System.nanoTime() - begin;
            while (container.exit().isEmpty()) {
                Thread.onSpinWait();
            }
            ended[i] = System.nanoTime() - begin;
            container.close();
        }

        private static void print(String what, long[] nanos) {
            Arrays.sort(nanos);
            System.out.printf(
                    Locale.ROOT,
                    "%-28s median %.2f ms, p90 %.2f ms, least %.2f ms, most %.2f ms%n",
                    what,
                    nanos[nanos.length / 2] / 1e6,
                    nanos[nanos.length * 9 / 10] / 1e6,
                    nanos[0] / 1e6,
                    nanos[nanos.length - 1] / 1e6);
        }
    }
}
