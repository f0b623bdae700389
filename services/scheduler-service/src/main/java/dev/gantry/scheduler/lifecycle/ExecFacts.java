package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.rpc.Observation;
import java.util.Map;
import java.util.stream.Stream;

/** What an agent tells of execs, in Docker's words: the command stands in the action, the exec's id among the attributes. */
final class ExecFacts {
    private ExecFacts() {}

    static Step said(Step step, Observation seen) {
        return switch (seen.getFactCase()) {
            case EXEC_CREATED -> {
                var created = seen.getExecCreated();
                yield with(step, created.getExec())
                        .say("exec_create: " + words(created.getCommand()), Map.of("execID", created.getExec()));
            }
            case EXEC_STARTED -> {
                var started = seen.getExecStarted();
                yield step.say("exec_start: " + words(started.getCommand()), Map.of("execID", started.getExec()));
            }
            case EXEC_DIED -> {
                var died = seen.getExecDied();
                yield without(step, died.getExec())
                        .say(
                                "exec_die",
                                Map.of("execID", died.getExec(), "exitCode", Integer.toString(died.getExitCode())));
            }
            case EXEC_FAILED -> without(step, seen.getExecFailed().getExec());
            case STARTED, EXITED, OOM, RESTART_GIVEN_UP, FACT_NOT_SET -> step;
        };
    }

    private static Step with(Step step, String exec) {
        return step.set(step.edit()
                .execs(Stream.concat(step.status().execs().stream(), Stream.of(exec))
                        .distinct()
                        .toList()));
    }

    private static Step without(Step step, String exec) {
        return step.set(step.edit()
                .execs(step.status().execs().stream()
                        .filter(one -> !one.equals(exec))
                        .toList()));
    }

    /** A blank follows the program's name, also when nothing else does: {@code exec_create: sh }. */
    private static String words(String command) {
        return command.indexOf(' ') < 0 ? command + " " : command;
    }
}
