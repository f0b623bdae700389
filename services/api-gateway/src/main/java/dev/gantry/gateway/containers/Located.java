package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.ask;
import static dev.gantry.gateway.backend.Asking.within;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.ContainerQuery;
import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.LocatedFiles;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import java.util.regex.Pattern;

/** Where containers and execs live: the scheduler knows. */
final class Located {
    private static final Pattern EXEC = Pattern.compile("[0-9a-f]{64}");
    private static final int CONTAINER_DIGITS = 24;

    private Located() {}

    static ContainerLocation container(Backends backends, String reference) throws InterruptedException {
        var query = ContainerQuery.newBuilder().setReference(reference).build();
        return ask(
                Asking.SCHEDULER,
                () -> within(Asking.QUERY, ContainersGrpc.newBlockingStub(backends.scheduler()))
                        .locate(query));
    }

    static LocatedFiles files(Backends backends, String reference) throws InterruptedException {
        var query = ContainerQuery.newBuilder().setReference(reference).build();
        return ask(
                Asking.SCHEDULER,
                () -> within(Asking.QUERY, ContainersGrpc.newBlockingStub(backends.scheduler()))
                        .locateFiles(query));
    }

    /** The container of an exec, whose id begins with digits of the container's: so any gateway finds it. */
    static ContainerLocation exec(Backends backends, String exec) throws InterruptedException {
        if (!EXEC.matcher(exec).matches()) {
            throw ErrorCode.NO_SUCH_EXEC.with(exec);
        }
        var digits = exec.substring(0, CONTAINER_DIGITS);
        var container = containerOf(exec, digits, backends);
        if (!container.getId().startsWith(digits)) { // somebody's name
            throw ErrorCode.NO_SUCH_EXEC.with(exec);
        }
        return container;
    }

    private static ContainerLocation containerOf(String exec, String digits, Backends backends)
            throws InterruptedException {
        try {
            return container(backends, digits);
        } catch (GantryException unknown) {
            throw unknown.code() == ErrorCode.NO_SUCH_CONTAINER || unknown.code() == ErrorCode.AMBIGUOUS_REFERENCE
                    ? ErrorCode.NO_SUCH_EXEC.with(exec).causedBy(unknown)
                    : unknown;
        }
    }
}
