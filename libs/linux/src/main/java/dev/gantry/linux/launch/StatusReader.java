package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the status pipe, whose messages {@link ContainerList} describes. Blocks. */
final class StatusReader {
    private static final int WORDS = 16;

    private final Kernel kernel;
    private final Fd pipe;
    private final Assembler.Image image;
    private final Program program;
    private final int results;
    private ByteBuffer pending = ByteBuffer.allocate(0);
    private Optional<LaunchFailure> failure = Optional.empty();
    private int pid;

    StatusReader(Kernel kernel, Fd pipe, Assembler.Image image, Program program) {
        this.kernel = kernel;
        this.pipe = pipe;
        this.image = image;
        this.program = program;
        this.results = 1 + ProgramList.candidates(program).size();
    }

    /**
     * Waits for the pid of the container's first process.
     *
     * @throws LaunchFailure when there is none
     */
    int awaitPid() {
        while (pid == 0 && more()) {}
        if (pid == 0) {
            throw failure.orElseGet(() -> new LaunchFailure(
                    LaunchFailure.Reason.OTHER,
                    "wait for the monitor",
                    Errno.EPIPE,
                    "the container's monitor ended before its first process was there"));
        }
        return pid;
    }

    /** Waits for the end: nothing when the program was executed. */
    Optional<LaunchFailure> awaitEnd() {
        while (more()) {}
        return failure;
    }

    void drain() {
        if (pipe.isOpen()) {
            awaitEnd();
        }
    }

    Optional<LaunchFailure> failure() {
        return failure;
    }

    private boolean more() {
        long first = word();
        if (first == END) {
            return false;
        }
        if (first == 0) {
            pid = (int) word();
        } else if (first == -Errno.EBADF) {
            List<Long> words = new ArrayList<>();
            for (int i = 0; i < results; i++) {
                words.add(word());
            }
            failure = Optional.of(ExecFailure.of(program, words.getFirst() >= 0, words.subList(1, words.size())));
        } else {
            failure = Optional.of(failed(image.stepAt(first), (int) word()));
        }
        return true;
    }

    private static LaunchFailure failed(SyscallList.Step step, int errno) {
        if (step.purpose().startsWith(ProgramList.CHDIR)) {
            return ExecFailure.directory(step.purpose(), errno);
        }
        return LaunchFailure.at(step.purpose().isEmpty() ? step.sys().callName() : step.purpose(), errno);
    }

    private static final long END = Long.MIN_VALUE;

    private long word() {
        if (pending.remaining() < Long.BYTES) {
            byte[] bytes = new byte[Long.BYTES * WORDS];
            int rest = pending.remaining();
            int count = kernel.read(pipe.number(), bytes);
            if (count == 0) {
                return END;
            }
            pending = ByteBuffer.allocate(rest + count)
                    .order(ByteOrder.nativeOrder())
                    .put(pending)
                    .put(bytes, 0, count)
                    .flip();
        }
        return pending.getLong();
    }
}
