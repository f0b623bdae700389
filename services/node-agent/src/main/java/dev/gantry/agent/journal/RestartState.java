package dev.gantry.agent.journal;

import dev.gantry.contracts.rpc.Observation;
import dev.gantry.contracts.rpc.Order;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What a restart policy has to remember since the last start order.
 *
 * @param stopped somebody wanted it to end
 * @param count how often it was started again
 * @param due an exit announced a restart that has not happened yet
 * @param launching it was launched again, and nobody has been told
 */
public record RestartState(boolean stopped, int count, boolean due, boolean launching) {
    public static final RestartState NONE = new RestartState(false, 0, false, false);

    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    RestartState after(Order accepted) {
        return switch (accepted.getVerbCase()) {
            case START -> NONE;
            case STOP, RELEASE -> new RestartState(true, count, due, launching);
            case KILL -> new RestartState(stopped || ends(accepted.getKill().getSignal()), count, due, launching);
            case PAUSE, UNPAUSE, UPDATE, VERB_NOT_SET -> this;
        };
    }

    /** Other signals are for the program to make something of. */
    private static boolean ends(int signal) {
        return signal == SIGKILL || signal == SIGTERM;
    }

    RestartState launched() {
        return new RestartState(stopped, count, false, due);
    }

    RestartState undone() {
        return new RestartState(stopped, count, due || launching, false);
    }

    RestartState after(Observation told) {
        return switch (told.getFactCase()) {
            case STARTED -> new RestartState(stopped, count, due, false);
            case EXITED ->
                told.getExited().getRestarting()
                        ? new RestartState(stopped, count + 1, true, false)
                        : new RestartState(stopped, count, false, false);
            case RESTART_GIVEN_UP -> new RestartState(stopped, count, false, launching);
            case OOM, EXEC_CREATED, EXEC_STARTED, EXEC_DIED, EXEC_FAILED, FACT_NOT_SET -> this;
        };
    }

    void write(DataOutputStream out) throws IOException {
        out.writeBoolean(stopped);
        out.writeInt(count);
        out.writeBoolean(due);
        out.writeBoolean(launching);
    }

    /** A snapshot of an older agent ends before it. */
    static RestartState read(DataInputStream in) throws IOException {
        return in.available() == 0
                ? NONE
                : new RestartState(in.readBoolean(), in.readInt(), in.readBoolean(), in.readBoolean());
    }
}
