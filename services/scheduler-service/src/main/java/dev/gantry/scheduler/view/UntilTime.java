package dev.gantry.scheduler.view;

import dev.gantry.contracts.error.ErrorCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A time as Docker takes it: a Go duration before now ({@code 1h30m}), RFC 3339 and its shorter forms, seconds since the epoch. */
final class UntilTime {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|ms|s|m|h)");
    private static final Pattern DURATION = Pattern.compile("(?:[0-9]+(?:\\.[0-9]+)?(?:ns|us|ms|s|m|h))+");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");
    private static final Map<String, Long> NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);
    private static final List<Function<String, Instant>> FORMS = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
            text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
    private static final int LONGEST = 64;

    private UntilTime() {}

    static Instant parse(String given, Instant now) {
        if (given.length() <= LONGEST && DURATION.matcher(given).matches()) {
            return now.minus(duration(given));
        }
        if (SECONDS.matcher(given).matches()) {
            return Instant.ofEpochSecond(0, nanos(given, 1_000_000_000L));
        }
        return FORMS.stream()
                .flatMap(form -> read(form, given).stream())
                .findFirst()
                .orElseThrow(() -> ErrorCode.BAD_TIME.with(given));
    }

    private static Optional<Instant> read(Function<String, Instant> form, String given) {
        try {
            return Optional.of(form.apply(given));
        } catch (DateTimeParseException otherForm) {
            return Optional.empty();
        }
    }

    private static Duration duration(String given) {
        var total = Duration.ZERO;
        var parts = PART.matcher(given);
        while (parts.find()) {
            total = total.plusNanos(nanos(parts.group(1), NANOS.getOrDefault(parts.group(2), 0L)));
        }
        return total;
    }

    private static long nanos(String number, long unit) {
        return new BigDecimal(number)
                .multiply(BigDecimal.valueOf(unit))
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }
}
