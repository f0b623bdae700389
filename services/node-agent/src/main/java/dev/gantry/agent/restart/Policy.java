package dev.gantry.agent.restart;

import dev.gantry.agent.journal.RestartState;
import dev.gantry.contracts.docker.container.RestartPolicy;
import java.time.Duration;

/** Docker's rules, as its restart manager has them. */
final class Policy {
    static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Who ran for so long begins with the first pause again. */
    static final Duration LASTING = Duration.ofSeconds(10);

    private Policy() {}

    /** @param exitCode of the run that ended, or what a start that failed stands for */
    static boolean startsAgain(RestartPolicy policy, RestartState state, int exitCode) {
        return !state.stopped()
                && switch (policy.name()) {
                    case "always", "unless-stopped" -> true;
                    case "on-failure" ->
                        exitCode != 0
                                && (policy.maximumRetryCount() == 0 || state.count() < policy.maximumRetryCount());
                    default -> false;
                };
    }

    /**
     * The pause after a run.
     *
     * @param before the last one, zero if there was none
     * @param lasted how long the run was
     */
    static Duration pause(Duration before, Duration lasted) {
        if (before.isZero() || lasted.compareTo(LASTING) >= 0) {
            return FIRST_PAUSE;
        }
        var doubled = before.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
