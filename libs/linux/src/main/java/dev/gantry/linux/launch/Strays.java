package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.ProcessCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Buries children that nobody here started: a subreaper is given the orphans of its descendants (monitors of an earlier agent,
 * daemons of a container in the host's pid namespace) and must wait for them, or they stay zombies.
 *
 * <p>The JVM waits for the processes that Java code starts at once, so only who was a zombie at two sweeps is a stray.
 */
final class Strays {
    private final Kernel kernel;
    private final Set<Integer> spared = ConcurrentHashMap.newKeySet();
    private Set<Integer> earlier = Set.of();

    Strays(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Somebody else here wants to know how this one ended. */
    void spare(int pid) {
        spared.add(pid);
    }

    void spareNoMore(int pid) {
        spared.remove(pid);
    }

    /** To be called every few seconds. Does not block. */
    synchronized void sweep() {
        Set<Integer> zombies = children().filter(this::isZombie).collect(Collectors.toSet());
        zombies.removeAll(spared);
        zombies.stream().filter(earlier::contains).forEach(this::bury);
        earlier = zombies;
    }

    private Stream<Integer> children() {
        Set<Integer> found = new HashSet<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            threads.map(thread -> read(thread.resolve("children")))
                    .flatMap(line -> Arrays.stream(line.split(" ", -1)))
                    .filter(word -> !word.isBlank())
                    .forEach(word -> found.add(Integer.valueOf(word)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream();
    }

    private boolean isZombie(int pid) {
        String stat = read(Path.of("/proc/" + pid + "/stat"));
        return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    }

    /** Empty for what is gone by now. */
    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException gone) {
            return "";
        }
    }

    private void bury(int pid) {
        try {
            kernel.waitid(ProcessCalls.P_PID, pid, ProcessCalls.WEXITED | ProcessCalls.WNOHANG);
        } catch (KernelException e) {
            if (!e.is(Errno.ECHILD)) {
                throw e;
            }
        }
    }
}
