package dev.gantry.agent.exec;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.linux.launch.LaunchFailure;
import org.jboss.logging.Logger;

/**
 * Why an exec did not start.
 *
 * @param told in Docker's words
 * @param exitCode what it is recorded as having ended with
 */
record StartFailure(GantryException told, int exitCode) {
    private static final Logger LOG = Logger.getLogger(StartFailure.class);
    private static final int NOT_INVOKED = 126;
    private static final int NOT_FOUND = 127;

    static StartFailure of(RuntimeException cause) {
        return switch (cause) {
            case GantryException known -> new StartFailure(known, NOT_INVOKED);
            case LaunchFailure launch
            when launch.reason() != LaunchFailure.Reason.OTHER ->
                new StartFailure(
                        told(ErrorCode.EXEC_NOT_STARTED, launch),
                        launch.reason() == LaunchFailure.Reason.NOT_FOUND ? NOT_FOUND : NOT_INVOKED);
            default -> {
                LOG.infof(cause, "an exec did not start");
                yield new StartFailure(told(ErrorCode.EXEC_FAILED, cause), NOT_INVOKED);
            }
        };
    }

    private static GantryException told(ErrorCode code, RuntimeException cause) {
        return code.with(String.valueOf(cause.getMessage())).causedBy(cause);
    }
}
