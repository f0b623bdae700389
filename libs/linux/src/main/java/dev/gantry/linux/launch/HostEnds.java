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

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.Out;
import java.util.HashMap;
import java.util.Map;

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
        FileCalls.Pipe status = kernel.pipe2(0);
        give(Descriptors.STATUS, status.writeEnd());
        keep(Descriptors.STATUS, status.readEnd());
        FileCalls.Pipe go = kernel.pipe2(0);
        give(Descriptors.GO, go.readEnd());
        keep(Descriptors.GO, go.writeEnd());
        int release = kernel.eventfd(0);
        keep(Descriptors.RELEASE, release); // blocking, for the monitor waits for it
        given.put(Descriptors.RELEASE, release);
        switch (spec.stdio()) {
            case Stdio.Pipes(boolean stdinOpen) -> pipes(stdinOpen);
            case Stdio.Terminal _ -> {} // needs the container's devpts first
        }
    }

    private void pipes(boolean stdinOpen) {
        output("stdout", Descriptors.OUTPUT);
        output("stderr", Descriptors.ERRORS);
        if (stdinOpen) {
            FileCalls.Pipe input = kernel.pipe2(0);
            give("stdin", input.readEnd());
            share(Descriptors.INPUT, input.writeEnd());
            share(Descriptors.INPUT_CLOSE, kernel.eventfd(0));
        } else {
            give("stdin", kernel.open("/dev/null", O_RDONLY, 0));
        }
    }

    private void output(String container, String agent) {
        FileCalls.Pipe pipe = kernel.pipe2(0);
        give(container, pipe.writeEnd());
        share(agent, pipe.readEnd());
        kernel.fcntl(pipe.readEnd(), F_SETPIPE_SZ, PIPE_BYTES);
    }

    /** Opens a terminal in a devpts that is not attached yet. */
    void terminal(int devpts, Stdio.WindowSize size) {
        int master = kernel.openat2(devpts, "ptmx", O_RDWR | O_NOCTTY | FileCalls.O_CLOEXEC, 0, 0);
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

    boolean has(String name) {
        return kept.containsKey(name);
    }

    Fd kept(String name) {
        Fd fd = kept.get(name);
        if (fd == null) {
            throw new IllegalArgumentException("no descriptor " + name);
        }
        return fd;
    }
}
