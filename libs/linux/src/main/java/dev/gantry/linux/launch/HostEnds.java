package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.F_GETFL;
import static dev.gantry.linux.FileCalls.F_SETFL;
import static dev.gantry.linux.FileCalls.F_SETPIPE_SZ;
import static dev.gantry.linux.FileCalls.O_CREAT;
import static dev.gantry.linux.FileCalls.O_NOCTTY;
import static dev.gantry.linux.FileCalls.O_NONBLOCK;
import static dev.gantry.linux.FileCalls.O_RDONLY;
import static dev.gantry.linux.FileCalls.O_RDWR;
import static dev.gantry.linux.FileCalls.O_TRUNC;
import static dev.gantry.linux.FileCalls.O_WRONLY;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.Out;
import dev.gantry.linux.cgroup.CgroupEntry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pipes, files and the terminal of one launch: the ends that stay with the agent, by their names in {@link Descriptors},
 * and the ends that the container gets, by the same names.
 */
final class HostEnds {
    private static final int PIPE_BYTES = 1 << 20;
    private static final int TIOCSPTLCK = 0x40045431;
    private static final int TIOCGPTPEER = 0x5441;
    private static final int TIOCSWINSZ = 0x5414;

    private final Kernel kernel;
    private final Resources resources;
    private final Map<String, Integer> given = new HashMap<>();
    private final Map<String, Fd> kept = new HashMap<>();

    HostEnds(Kernel kernel, Resources resources) {
        this.kernel = kernel;
        this.resources = resources;
    }

    /** What the container gets. */
    Map<String, Integer> given() {
        return given;
    }

    void open(LaunchSpec spec) {
        give(Descriptors.EXIT_FILE, kernel.open(spec.exitFile().toString(), O_RDWR | O_CREAT | O_TRUNC, 0_600));
        FileCalls.Pipe exit = kernel.pipe2(0);
        give(Descriptors.EXIT_WRITE, exit.writeEnd());
        share(Descriptors.EXIT_READ, exit.readEnd());
        talk();
        int release = kernel.eventfd(0);
        keep(Descriptors.RELEASE, release); // blocking, for the monitor waits for it
        given.put(Descriptors.RELEASE, release);
        switch (spec.stdio()) {
            case Stdio.Pipes(boolean stdinOpen) -> pipes(stdinOpen);
            case Stdio.Terminal _ -> {} // needs the container's devpts first
        }
    }

    /** For a process that joins a container: its stdio alone, without anything for a monitor. */
    void open(ExecSpec spec) {
        talk();
        switch (spec.stdio()) {
            case ExecStdio.Pipes(boolean stdin, boolean stdout, boolean stderr) -> {
                input(stdin);
                output(stdout, "stdout", Descriptors.OUTPUT);
                output(stderr, "stderr", Descriptors.ERRORS);
            }
            case ExecStdio.Terminal(Stdio.WindowSize size, Fd devpts) -> terminal(devpts.number(), size);
        }
    }

    /** The two pipes between a launch and what it launches. */
    private void talk() {
        FileCalls.Pipe status = kernel.pipe2(0);
        give(Descriptors.STATUS, status.writeEnd());
        keep(Descriptors.STATUS, status.readEnd());
        FileCalls.Pipe go = kernel.pipe2(0);
        give(Descriptors.GO, go.readEnd());
        keep(Descriptors.GO, go.writeEnd());
    }

    private void pipes(boolean stdinOpen) {
        output("stdout", Descriptors.OUTPUT);
        output("stderr", Descriptors.ERRORS);
        input(stdinOpen);
        if (stdinOpen) {
            share(Descriptors.INPUT_CLOSE, kernel.eventfd(0));
        }
    }

    private void input(boolean open) {
        if (open) {
            FileCalls.Pipe input = kernel.pipe2(0);
            give("stdin", input.readEnd());
            share(Descriptors.INPUT, input.writeEnd());
        } else {
            give("stdin", kernel.open("/dev/null", O_RDONLY, 0));
        }
    }

    private void output(boolean wanted, String container, String agent) {
        if (wanted) {
            output(container, agent);
        } else {
            give(container, kernel.open("/dev/null", O_WRONLY, 0));
        }
    }

    private void output(String container, String agent) {
        FileCalls.Pipe pipe = kernel.pipe2(0);
        give(container, pipe.writeEnd());
        share(agent, pipe.readEnd());
        kernel.fcntl(pipe.readEnd(), F_SETPIPE_SZ, PIPE_BYTES);
    }

    /** Opens what a process needs to join a group. */
    void group(String prefix, Optional<CgroupEntry> entry) {
        if (entry.isPresent()) {
            int flags = entry.get() instanceof CgroupEntry.Tasks ? O_WRONLY : FileCalls.O_DIRECTORY;
            for (Path path : Descriptors.paths(entry.get())) {
                give(prefix + path, kernel.open(path.toString(), flags, 0));
            }
        }
    }

    /** Opens a terminal in a devpts, attached or not. */
    void terminal(int devpts, Stdio.WindowSize size) {
        // The file system's own node: a container may have mounted something else over it
        long resolve = FileCalls.RESOLVE_BENEATH | FileCalls.RESOLVE_NO_XDEV | FileCalls.RESOLVE_NO_SYMLINKS;
        int master = kernel.openat2(devpts, "ptmx", O_RDWR | O_NOCTTY | FileCalls.O_CLOEXEC, 0, resolve);
        share(Descriptors.OUTPUT, master);
        kernel.ioctl(master, TIOCSPTLCK, Out.of(4));
        resize(kernel, master, size);
        int slave = kernel.ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | FileCalls.O_CLOEXEC);
        give("stdin", slave);
        given.put("stdout", slave);
        given.put("stderr", slave);
    }

    static void resize(Kernel kernel, int master, Stdio.WindowSize size) {
        Out window = Out.of(8);
        window.buffer().putShort((short) size.rows()).putShort((short) size.columns());
        kernel.ioctl(master, TIOCSWINSZ, window);
    }

    /** One that only the container gets; this process closes it once that has it. */
    void give(String name, int fd) {
        resources.untilSpawned(Fd.own(kernel, fd));
        given.put(name, fd);
    }

    /** One that only the agent has. */
    private void keep(String name, int fd) {
        kept.put(name, resources.untilFailure(Fd.own(kernel, fd)));
    }

    /** One that both the agent and the monitor hold. */
    private void share(String name, int fd) {
        keep(name, fd);
        nonBlocking(fd);
        given.put(name, fd);
    }

    private void nonBlocking(int fd) {
        kernel.fcntl(fd, F_SETFL, kernel.fcntl(fd, F_GETFL, 0) | O_NONBLOCK);
    }

    Optional<Fd> find(String name) {
        return Optional.ofNullable(kept.get(name));
    }

    Fd kept(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no descriptor " + name));
    }
}
