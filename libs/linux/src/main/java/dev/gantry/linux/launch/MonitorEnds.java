package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The descriptors by which an agent talks with a container's monitor.
 *
 * @param process its pidfd
 */
record MonitorEnds(Optional<Fd> process, Optional<Fd> exit, Optional<Fd> inputClose, Optional<Fd> release) {
    /** Of a container that has lost its own. */
    static final MonitorEnds NONE =
            new MonitorEnds(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static MonitorEnds of(HostEnds ends, Fd process) {
        return new MonitorEnds(
                Optional.of(process),
                ends.find(Descriptors.EXIT_READ),
                ends.find(Descriptors.INPUT_CLOSE),
                ends.find(Descriptors.RELEASE));
    }

    /** All but the pidfd. */
    void closePipes() {
        Stream.of(exit, inputClose, release).forEach(fd -> fd.ifPresent(Fd::close));
    }
}
