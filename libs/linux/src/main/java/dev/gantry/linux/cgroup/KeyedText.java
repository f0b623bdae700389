package dev.gantry.linux.cgroup;

import java.util.HashMap;
import java.util.Map;

/** The text of a file with a {@code key value} per line, such as memory.stat. */
record KeyedText(String text) {
    /** 0 for a key that is not there. */
    long value(String key) {
        return text.lines()
                .filter(line -> line.startsWith(key + " "))
                .findFirst()
                .map(line -> number(line.substring(key.length() + 1)))
                .orElse(0L);
    }

    /** Every key with its value; a line of another form is passed over. */
    Map<String, Long> all() {
        var all = new HashMap<String, Long>();
        text.lines()
                .map(line -> line.split(" ", -1))
                .filter(line -> line.length == 2)
                .forEach(line -> all.put(line[0], number(line[1])));
        return all;
    }

    /** {@code max} and what is beyond a long are {@link Long#MAX_VALUE}. */
    static long number(String text) {
        try {
            return text.equals("max") ? Long.MAX_VALUE : Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
