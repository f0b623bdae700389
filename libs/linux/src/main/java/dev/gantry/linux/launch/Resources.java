package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a launch holds: some of it only until the child has its own copies, some until it fails. */
final class Resources {
    private final Deque<Fd> untilSpawned = new ArrayDeque<>();
    private final Deque<Fd> untilFailure = new ArrayDeque<>();

    Fd untilSpawned(Fd fd) {
        untilSpawned.push(fd);
        return fd;
    }

    Fd untilFailure(Fd fd) {
        untilFailure.push(fd);
        return fd;
    }

    void spawned() {
        untilSpawned.forEach(Fd::close);
        untilSpawned.clear();
    }

    void failed() {
        spawned();
        untilFailure.forEach(Fd::close);
        untilFailure.clear();
    }
}
