package dev.gantry.linux.process;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;

/** Network namespaces made ahead, each with its loopback up. Making one takes the kernel about a millisecond, taking one none. */
public interface NetnsPool extends AutoCloseable {
    /** A pool that keeps {@code ready} of them at hand, made by a daemon thread in the background. */
    static NetnsPool start(Kernel kernel, int ready) {
        return new BackgroundNetnsPool(kernel, ready);
    }

    /** One that nobody else has; the caller owns and closes it. Makes one at once when none is ready. */
    Fd take();

    /** Closes those that were not taken. */
    @Override
    void close();
}
