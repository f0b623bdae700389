package dev.gantry.image.listing;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.filter.Filters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filter {@code until}: a date, a time, seconds since the epoch, or how long ago in Go's words ({@code 1h30m}). */
public final class Moment {
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,12})(?:\\.([0-9]{1,9}))?");
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(h|m|s|ms)");
    private static final Pattern AGO = Pattern.compile("(?:[0-9]{1,9}(?:ms|h|m|s))+");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern LOCAL = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+");

    private Moment() {}

    /** Empty when the filter is not given; one value at most. */
    public static Optional<Instant> latest(Filters filters, Instant now) {
        List<String> given = filters.get("until");
        if (given.size() > 1) {
            throw ErrorCode.INVALID_PARAMETER.with("more than one until filter specified");
        }
        return given.stream().findFirst().map(text -> parse(text, now));
    }

    /** @throws dev.gantry.contracts.error.GantryException BAD_TIME */
    static Instant parse(String text, Instant now) {
        try {
            Matcher seconds = SECONDS.matcher(text);
            if (seconds.matches()) {
                return Instant.ofEpochSecond(Long.parseLong(seconds.group(1)));
            }
            if (AGO.matcher(text).matches()) {
                return now.minus(ago(text));
            }
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            return LOCAL.matcher(text).matches()
                    ? LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw ErrorCode.BAD_TIME.with(text).causedBy(e);
        }
    }

    private static Duration ago(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long count = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "h" -> Duration.ofHours(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "s" -> Duration.ofSeconds(count);
                        default -> Duration.ofMillis(count);
                    });
        }
        return sum;
    }
}
