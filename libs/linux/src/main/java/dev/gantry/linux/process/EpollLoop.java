package dev.gantry.linux.process;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;

/**
 * One platform thread that waits for all descriptors of the agent. Callbacks run on that thread: they must not block and must
 * do a bounded piece of work; hand the rest to a virtual thread. An exception in a callback ends that watch and is logged.
 */
public interface EpollLoop extends AutoCloseable {
    int IN = 0x001;
    int OUT = 0x004;
    int ERROR = 0x008;
    int HANG_UP = 0x010;

    /** Starts the thread, a daemon. */
    static EpollLoop start(Kernel kernel, String threadName) {
        return ThreadEpollLoop.start(kernel, threadName);
    }

    /**
     * Calls back whenever the descriptor is ready (level-triggered). The descriptor must stay open until the watch is
     * closed.
     */
    Watch watch(Fd descriptor, int events, Ready ready);

    /** Stops the thread; no callback runs afterwards. Descriptors stay their owners'. */
    @Override
    void close();

    /** What to do when a descriptor is ready. */
    @FunctionalInterface
    interface Ready {
        /** The watch is given so that it can be closed from within. */
        void ready(Watch watch, int events);
    }

    /** One descriptor being watched. */
    interface Watch extends AutoCloseable {
        /** Stops being called for a while, without forgetting. */
        void pause();

        void resume();

        /** From any thread. Callbacks that have begun may still be running when called from another thread than the loop's. */
        @Override
        void close();
    }
}
