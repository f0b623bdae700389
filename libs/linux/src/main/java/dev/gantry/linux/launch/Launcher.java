package dev.gantry.linux.launch;

import dev.gantry.linux.Kernel;
import dev.gantry.linux.process.NetnsPool;

/**
 * Starts containers and takes over those that another process started. The work is done on a few platform threads of its
 * own, so callers may be virtual threads; they wait a few milliseconds. Safe for use by many threads.
 */
public final class Launcher implements AutoCloseable {
    private final Kernel kernel;
    private final NetnsPool networks;

    private Launcher(Kernel kernel, NetnsPool networks) {
        this.kernel = kernel;
        this.networks = networks;
    }

    /** Makes this process a child subreaper, so that what loses its monitor becomes its child. The pool stays the caller's to close. */
    public static Launcher create(Kernel kernel, NetnsPool networks) {
        return new Launcher(kernel, networks);
    }

    /** {@link #prepare} and {@link Prepared#go} in one. */
    public LaunchedContainer start(LaunchSpec spec) {
        return prepare(spec).go();
    }

    /**
     * Makes the container up to the point where only the word to go is missing. Write {@link Prepared#state} down, then say
     * go: should this process die before, the prepared one ends by itself.
     *
     * @throws LaunchFailure when it could not be made
     */
    public Prepared prepare(LaunchSpec spec) {
        throw new UnsupportedOperationException("prepare " + spec + kernel + networks);
    }

    /** Finds out what became of a container that an earlier process started. */
    public Adopted adopt(ContainerState state) {
        throw new UnsupportedOperationException("adopt " + state);
    }

    @Override
    public void close() {}
}
