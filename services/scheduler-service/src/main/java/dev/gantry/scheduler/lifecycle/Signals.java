package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.error.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Signals by name, with or without SIG, and by number; see signal(7) for x86 and ARM. */
public final class Signals {
    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");
    private static final int FIRST_REAL_TIME = 34;
    private static final int LAST = 64;

    private Signals() {}

    /**
     * Nothing for an empty text.
     *
     * @throws dev.gantry.contracts.error.GantryException INVALID_SIGNAL
     */
    public static OptionalInt parse(String given) {
        if (given.isEmpty()) {
            return OptionalInt.empty();
        }
        var number = given.chars().allMatch(Character::isDigit) && given.length() < 3
                ? Integer.parseInt(given)
                : named(given);
        if (number < 1 || number > LAST) {
            throw ErrorCode.INVALID_SIGNAL.with(given);
        }
        return OptionalInt.of(number);
    }

    private static int named(String given) {
        var name = given.toUpperCase(Locale.ROOT);
        var bare = name.startsWith("SIG") ? name.substring(3) : name;
        return switch (bare) {
            case "IOT" -> 6;
            case "CLD" -> 17;
            case "POLL" -> 29;
            case "RTMIN" -> FIRST_REAL_TIME;
            case "RTMAX" -> LAST;
            default -> bare.startsWith("RTM") ? realTime(bare) : NAMES.indexOf(bare) + 1;
        };
    }

    private static int realTime(String name) {
        var digits = name.substring(Math.min(6, name.length()));
        if (digits.isEmpty() || digits.length() > 2 || !digits.chars().allMatch(Character::isDigit)) {
            return 0;
        }
        var offset = Integer.parseInt(digits);
        if (name.startsWith("RTMIN+")) {
            return FIRST_REAL_TIME + offset;
        }
        return name.startsWith("RTMAX-") ? LAST - offset : 0;
    }
}
