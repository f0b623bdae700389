package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import java.util.Optional;
import java.util.stream.Stream;

/** This side of a process' stdio. With a terminal the output is its master and the input that or another descriptor of it. */
record StdioEnds(Optional<Fd> output, Optional<Fd> errors, Optional<Fd> input, boolean terminal) {
    static final StdioEnds NONE = new StdioEnds(Optional.empty(), Optional.empty(), Optional.empty(), false);

    static StdioEnds terminal(Fd master, Fd input) {
        return new StdioEnds(Optional.of(master), Optional.empty(), Optional.of(input), true);
    }

    static StdioEnds pipes(HostEnds ends) {
        return new StdioEnds(
                ends.find(Descriptors.OUTPUT), ends.find(Descriptors.ERRORS), ends.find(Descriptors.INPUT), false);
    }

    /** A terminal's has no end. */
    void closeInput() {
        if (!terminal) {
            input.ifPresent(Fd::close);
        }
    }

    void resize(Kernel kernel, Stdio.WindowSize size) {
        if (terminal) {
            output.filter(Fd::isOpen).ifPresent(master -> HostEnds.resize(kernel, master.number(), size));
        }
    }

    void close() {
        Stream.of(output, errors, input).forEach(fd -> fd.ifPresent(Fd::close));
    }
}
