package dev.gantry.linux.launch;

import dev.gantry.linux.cgroup.CgroupEntry;
import dev.gantry.linux.launch.KernelFixture.Result;
import java.nio.file.Path;
import java.util.Optional;

/** A container that does nothing, for tests of what joins it. */
record SleepingContainer(KernelFixture on, LaunchedContainer process) implements AutoCloseable {
    static SleepingContainer in(Path directory) {
        KernelFixture on = KernelFixture.in(directory);
        return new SleepingContainer(on, on.launcher.start(on.spec(on.program("sleep", "1000"))));
    }

    PreparedExec prepare(Program program, Optional<CgroupEntry> group, ExecStdio stdio) {
        return on.launcher.prepare(new ExecSpec(program, process.pidfd(), group, Optional.empty(), stdio));
    }

    /** Waits for its end. */
    Result finish(LaunchedExec exec) {
        String out = exec.stdout().map(on::readAll).orElse("");
        String err = exec.stderr().map(on::readAll).orElse("");
        KernelFixture.await("exit of " + exec.identity(), () -> exec.exit().isPresent());
        return new Result(exec.exit().orElseThrow(), out, err);
    }

    @Override
    public void close() {
        process.signal(9);
        KernelFixture.await("the container's end", () -> process.exit().isPresent());
        process.close();
        on.close();
    }
}
