package dev.gantry.linux.launch;

import dev.gantry.linux.launch.ContainerState.MonitorDescriptors;
import dev.gantry.linux.launch.ContainerState.ProcessIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Another JVM that starts a container, tells its state and waits to be killed: the agent of tests about its death.
 *
 * <p>{@code Starter <directory> <start|prepare> <stdin: true|false> <script>}
 */
final class Starter {
    private Starter() {}

    public static void main(String[] args) throws IOException {
        KernelFixture on = KernelFixture.in(Path.of(args[0]));
        LaunchSpec spec = on.spec(
                on.program("sh", "-c", args[3]),
                Mount.standard(1 << 20),
                new Stdio.Pipes(Boolean.parseBoolean(args[2])));
        Prepared prepared = on.launcher.prepare(spec);
        if (args[1].equals("start")) {
            LaunchedContainer container = prepared.go();
            container.stdin().ifPresent(in -> on.kernel.write(in.number(), "first\n".getBytes(StandardCharsets.UTF_8)));
        }
        System.out.println(written(prepared.state()));
        System.in.read();
    }

    private static String written(ContainerState s) {
        MonitorDescriptors d = s.descriptors();
        return "%d %d %d %d %d %d %d %d %d %d %s"
                .formatted(
                        s.monitor().pid(),
                        s.monitor().startTime(),
                        s.process().pid(),
                        s.process().startTime(),
                        d.stdout(),
                        d.stderr(),
                        d.stdin(),
                        d.inputClose(),
                        d.release(),
                        d.exit(),
                        s.exitFile());
    }

    static ContainerState read(String line) {
        String[] words = line.split(" ", -1);
        int[] n = new int[10];
        for (int i = 0; i < n.length; i++) {
            n[i] = Integer.parseInt(words[i]);
        }
        return new ContainerState(
                new ProcessIdentity(n[0], n[1]),
                new ProcessIdentity(n[2], n[3]),
                new MonitorDescriptors(n[4], n[5], n[6], n[7], n[8], n[9], false),
                words[10]);
    }

    /** A running one, and what it told. */
    record Started(Process jvm, ContainerState state) {
        /** As an agent dies: without a word. */
        void kill() throws InterruptedException {
            jvm.destroyForcibly();
            jvm.waitFor();
        }
    }

    static Started run(Path directory, String mode, boolean stdin, String script) throws IOException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        directory.toString(),
                        mode,
                        Boolean.toString(stdin),
                        script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = jvm.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the starter said nothing");
        }
        return new Started(jvm, read(line));
    }
}
