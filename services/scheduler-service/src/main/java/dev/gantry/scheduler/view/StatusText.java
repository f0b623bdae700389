package dev.gantry.scheduler.view;

import dev.gantry.scheduler.container.Status;
import java.time.Duration;
import java.time.Instant;

/** A container's status as {@code docker ps} shows it. */
final class StatusText {
    private StatusText() {}

    static String of(Status status, Instant now) {
        return switch (status.word()) {
            case "running" -> "Up " + since(status.startedAt(), now);
            case "paused" -> "Up " + since(status.startedAt(), now) + " (Paused)";
            case "restarting" -> "Restarting (" + status.exitCode() + ") " + since(status.finishedAt(), now) + " ago";
            case "removing" -> "Removal In Progress";
            case "created" -> "Created";
            default -> "Exited (" + status.exitCode() + ") " + since(status.finishedAt(), now) + " ago";
        };
    }

    private static String since(Instant then, Instant now) {
        return HumanDuration.of(Duration.between(then, now));
    }
}
