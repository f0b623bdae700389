package dev.gantry.scheduler.view;

import java.time.Duration;

/** Durations in Docker's words: {@code units.HumanDuration} of go-units. */
final class HumanDuration {
    private static final int DAY = 24;
    private static final int WEEK = 7 * DAY;
    private static final int MONTH = 30 * DAY;
    private static final int YEAR = 365 * DAY;

    private HumanDuration() {}

    static String of(Duration duration) {
        var seconds = duration.toSeconds();
        if (seconds < 1) {
            return "Less than a second";
        } else if (seconds == 1) {
            return "1 second";
        } else if (seconds < 60) {
            return seconds + " seconds";
        }
        var minutes = duration.toMinutes();
        if (minutes == 1) {
            return "About a minute";
        }
        return minutes < 60 ? minutes + " minutes" : hours(rounded(duration));
    }

    /** To the next whole hour, halves up: Go's {@code int(d.Hours() + 0.5)}. */
    private static long rounded(Duration duration) {
        return duration.plusMinutes(30).toHours();
    }

    private static String hours(long hours) {
        if (hours == 1) {
            return "About an hour";
        } else if (hours < 2 * DAY) {
            return hours + " hours";
        } else if (hours < 2 * WEEK) {
            return hours / DAY + " days";
        } else if (hours < 2 * MONTH) {
            return hours / WEEK + " weeks";
        }
        return hours < 2 * YEAR ? hours / MONTH + " months" : hours / YEAR + " years";
    }
}
