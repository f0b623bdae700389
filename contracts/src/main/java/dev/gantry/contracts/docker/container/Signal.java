package dev.gantry.contracts.docker.container;

import dev.gantry.contracts.error.ErrorCode;
import java.util.Locale;
import java.util.Map;

/** Signals as clients write them, {@code signal(7)} numbers of Linux on x86 and ARM. */
public final class Signal {
    private static final int RTMIN = 34;
    private static final int RTMAX = 64;
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("ILL", 4),
            Map.entry("TRAP", 5),
            Map.entry("ABRT", 6),
            Map.entry("IOT", 6),
            Map.entry("BUS", 7),
            Map.entry("FPE", 8),
            Map.entry("KILL", 9),
            Map.entry("USR1", 10),
            Map.entry("SEGV", 11),
            Map.entry("USR2", 12),
            Map.entry("PIPE", 13),
            Map.entry("ALRM", 14),
            Map.entry("TERM", 15),
            Map.entry("STKFLT", 16),
            Map.entry("CHLD", 17),
            Map.entry("CLD", 17),
            Map.entry("CONT", 18),
            Map.entry("STOP", 19),
            Map.entry("TSTP", 20),
            Map.entry("TTIN", 21),
            Map.entry("TTOU", 22),
            Map.entry("URG", 23),
            Map.entry("XCPU", 24),
            Map.entry("XFSZ", 25),
            Map.entry("VTALRM", 26),
            Map.entry("PROF", 27),
            Map.entry("WINCH", 28),
            Map.entry("IO", 29),
            Map.entry("POLL", 29),
            Map.entry("PWR", 30),
            Map.entry("SYS", 31),
            Map.entry("RTMIN", RTMIN),
            Map.entry("RTMAX", RTMAX));

    private Signal() {}

    /**
     * The number of a signal: {@code TERM}, {@code sigterm}, {@code RTMIN+3}, {@code 15}.
     *
     * @throws dev.gantry.contracts.error.GantryException 400 {@code invalid signal: X}
     */
    public static int number(String text) {
        int number = text.matches("[+-]?\\d{1,9}") ? Integer.parseInt(text) : named(text);
        if (number < 1 || number > RTMAX) {
            throw ErrorCode.INVALID_SIGNAL.with(text);
        }
        return number;
    }

    private static int named(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        name = name.startsWith("SIG") ? name.substring(3) : name;
        if (name.matches("RTMIN\\+\\d{1,2}")) {
            return realtime(RTMIN + Integer.parseInt(name.substring(6)));
        } else if (name.matches("RTMAX-\\d{1,2}")) {
            return realtime(RTMAX - Integer.parseInt(name.substring(6)));
        }
        return NUMBERS.getOrDefault(name, 0);
    }

    private static int realtime(int number) {
        return number < RTMIN || number > RTMAX ? 0 : number;
    }
}
