package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a launched process waits for before it executes its program, container or exec alike: the word is said or the launch is given up, once.
 * Not for more than one thread at a time.
 */
final class WordToGo {
    private final Kernel kernel;
    private final Launcher launcher;
    private final HostEnds ends;
    private final Runnable undo;
    private boolean done;

    /** @param undo ends the processes, waits for them and releases what there is; the go pipe is closed by then */
    WordToGo(Kernel kernel, Launcher launcher, HostEnds ends, Runnable undo) {
        this.kernel = kernel;
        this.launcher = launcher;
        this.ends = ends;
        this.undo = undo;
    }

    /**
     * Does what comes before the word; gives the launch up when that fails.
     *
     * @param told the failure that the processes told of: it says more than what was met on this side
     * @throws LaunchFailure instead of a KernelException
     */
    void prepare(Runnable work, Supplier<Optional<LaunchFailure>> told) {
        try {
            work.run();
        } catch (KernelException e) {
            giveUp();
            throw told.get().orElseGet(() -> LaunchFailure.of(e));
        } catch (RuntimeException e) {
            giveUp();
            throw e;
        }
    }

    /**
     * Says go and waits for the program to be executed; gives the launch up when it is not.
     *
     * @param running takes over what is kept of the launch
     */
    <T> T say(StatusReader status, Supplier<T> running) {
        if (done) {
            throw new IllegalStateException("given up or gone before");
        }
        try {
            write();
            status.awaitEnd().ifPresent(failure -> {
                throw failure;
            });
            T launched = running.get();
            done = true;
            ends.kept(Descriptors.STATUS).close();
            return launched;
        } catch (KernelException e) {
            giveUp();
            throw LaunchFailure.of(e);
        } catch (RuntimeException e) { // also nonsense on the status pipe, to which a container may have got
            giveUp();
            throw e;
        }
    }

    private void write() {
        try (Fd go = ends.kept(Descriptors.GO)) {
            kernel.write(go.number(), new byte[] {1});
        } catch (KernelException e) {
            if (!e.is(
                    Errno.EPIPE)) { // it has failed, and tells so on the status pipe, or was killed with its container
                throw e;
            }
        }
    }

    /** Gives the launch up unless the word was said. May be called on any thread. */
    void withhold() {
        if (!done) {
            launcher.onThread(() -> {
                giveUp();
                return this;
            });
        }
    }

    private void giveUp() {
        if (!done) {
            done = true;
            ends.find(Descriptors.GO).ifPresent(Fd::close);
            undo.run();
        }
    }
}
