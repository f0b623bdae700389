package dev.gantry.agent.journal;

import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.Observation;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How a container's execs change, and when they are forgotten: those that ended, {@value #MINUTES} minutes later or when there are
 * more than {@value #ENDED} of them; those that never started, with the end of their container's run. Pure.
 */
final class ExecFold {
    private static final int MINUTES = 5;
    private static final int ENDED = 200;

    private ExecFold() {}

    static Map<String, ExecRecord> created(
            Map<String, ExecRecord> execs, String id, CreateExecRequest request, long at) {
        var next = new HashMap<>(execs);
        next.values()
                .removeIf(exec -> exec.exitCode().isPresent()
                        && at - exec.endedAt() > Duration.ofMinutes(MINUTES).toNanos());
        forgetOldest(next);
        next.put(id, ExecRecord.created(id, request, at));
        return Map.copyOf(next);
    }

    private static void forgetOldest(Map<String, ExecRecord> execs) {
        var ended = execs.values().stream()
                .filter(exec -> exec.exitCode().isPresent())
                .toList();
        if (ended.size() > ENDED) {
            ended.stream()
                    .sorted(Comparator.comparingLong(ExecRecord::endedAt))
                    .limit(ended.size() - ENDED)
                    .forEach(exec -> execs.remove(exec.id()));
        }
    }

    static Map<String, ExecRecord> changed(Map<String, ExecRecord> execs, String id, UnaryOperator<ExecRecord> change) {
        var known = execs.get(id);
        if (known == null) {
            return execs;
        }
        var next = new HashMap<>(execs);
        next.put(id, change.apply(known));
        return Map.copyOf(next);
    }

    static Map<String, ExecRecord> observed(Map<String, ExecRecord> execs, Observation fact) {
        if (fact.hasExecDied()) {
            var died = fact.getExecDied();
            return changed(execs, died.getExec(), exec -> exec.ended(died.getExitCode(), fact.getAt()));
        }
        return fact.hasExited() ? runEnded(execs) : execs;
    }

    private static Map<String, ExecRecord> runEnded(Map<String, ExecRecord> execs) {
        var next = new HashMap<>(execs);
        next.values().removeIf(ExecRecord::fresh);
        return Map.copyOf(next);
    }
}
