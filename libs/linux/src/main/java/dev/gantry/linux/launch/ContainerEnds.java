package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import java.util.Optional;
import java.util.stream.Stream;

/** The descriptors an agent has of a running container. */
record ContainerEnds(
        Fd pidfd,
        Optional<Fd> monitor,
        Optional<Fd> exit,
        Optional<Fd> output,
        Optional<Fd> errors,
        Optional<Fd> input,
        Optional<Fd> inputClose,
        Optional<Fd> release) {
    static ContainerEnds of(HostEnds ends, Fd pidfd, Fd monitor) {
        return new ContainerEnds(
                pidfd,
                Optional.of(monitor),
                optional(ends, Descriptors.EXIT_READ),
                optional(ends, Descriptors.OUTPUT),
                optional(ends, Descriptors.ERRORS),
                optional(ends, Descriptors.INPUT),
                optional(ends, Descriptors.INPUT_CLOSE),
                optional(ends, Descriptors.RELEASE));
    }

    private static Optional<Fd> optional(HostEnds ends, String name) {
        return ends.has(name) ? Optional.of(ends.kept(name)) : Optional.empty();
    }

    /** All but the two pidfds. */
    void closePipes() {
        Stream.of(exit, output, errors, input, inputClose, release).forEach(fd -> fd.ifPresent(Fd::close));
    }
}
