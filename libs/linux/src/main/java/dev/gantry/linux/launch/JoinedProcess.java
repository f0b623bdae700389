package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.launch.ContainerState.ProcessIdentity;
import java.util.Optional;

/** A {@link LaunchedExec}: a child of this process, or one of another that was adopted. */
final class JoinedProcess extends HeldProcess implements LaunchedExec {
    private final ProcessIdentity identity;

    JoinedProcess(Kernel kernel, Launcher launcher, ProcessIdentity identity, Fd pidfd, StdioEnds stdio) {
        super(kernel, launcher, identity.pid(), pidfd, stdio);
        this.identity = identity;
    }

    @Override
    public ProcessIdentity identity() {
        return identity;
    }

    @Override
    Optional<Exit> findExit() {
        return ExitRecord.process(kernel, pidfd(), identity);
    }
}
