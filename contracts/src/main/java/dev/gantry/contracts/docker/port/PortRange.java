package dev.gantry.contracts.docker.port;

import java.util.Optional;
import java.util.regex.Pattern;

/** Ports from first to last, both included: {@code 8000-8010}, or one alone. */
public record PortRange(int first, int last) {
    /** Whatever is free: what an empty host port, or 0, asks for. */
    public static final PortRange ANY = new PortRange(0, 0);

    private static final int HIGHEST = 65_535;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    /** Empty for what is no range of ports. */
    public static Optional<PortRange> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(ANY);
        }
        var dash = text.indexOf('-');
        var first = number(dash < 0 ? text : text.substring(0, dash));
        var last = dash < 0 ? first : number(text.substring(dash + 1));
        return first < 0 || last < first ? Optional.empty() : Optional.of(new PortRange(first, last));
    }

    /** -1 for what is no port number; 0 is one here. */
    static int number(String text) {
        var number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
        return number > HIGHEST ? -1 : number;
    }

    public boolean any() {
        return first == 0;
    }

    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
