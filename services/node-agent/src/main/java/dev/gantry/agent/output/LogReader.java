package dev.gantry.agent.output;

import dev.gantry.contracts.rpc.LogsRequest;

/** The way in for {@code docker logs}. */
public final class LogReader {
    private LogReader() {}

    /**
     * Sends what the request chooses and returns when all is sent; a follower's end is the end of the run.
     *
     * @throws dev.gantry.contracts.error.GantryException for a request that chooses nothing
     */
    public static void send(Spool spool, LogsRequest request, ByteSink out) throws InterruptedException {
        new Logs(spool, LogSelection.of(request), out).send();
    }
}
