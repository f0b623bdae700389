package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.error.ErrorCode;

/** What a client waits for. */
public enum WaitCondition {
    NOT_RUNNING,
    NEXT_EXIT,
    REMOVED;

    public static WaitCondition parse(String word) {
        return switch (word) {
            case "", "not-running" -> NOT_RUNNING;
            case "next-exit" -> NEXT_EXIT;
            case "removed" -> REMOVED;
            default -> throw ErrorCode.INVALID_CONDITION.with(word);
        };
    }
}
