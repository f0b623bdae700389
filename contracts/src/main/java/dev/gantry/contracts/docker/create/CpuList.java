package dev.gantry.contracts.docker.create;

import org.jspecify.annotations.Nullable;

/** The list format of {@code cpuset(7)}: {@code 0-3,8}. */
final class CpuList {
    private static final int MAX_CHARS = 1024;

    private CpuList() {}

    /** The highest number in it, null when it is empty. */
    static @Nullable Integer highest(String list) throws NumberFormatException {
        if (list.isEmpty()) {
            return null;
        }
        if (list.length() > MAX_CHARS) {
            throw new NumberFormatException("longer than " + MAX_CHARS + " characters");
        }
        int highest = 0;
        for (String range : list.split(",", -1)) {
            highest = Math.max(highest, end(range.strip()));
        }
        return highest;
    }

    private static int end(String range) {
        int dash = range.indexOf('-');
        int from = Integer.parseUnsignedInt(dash < 0 ? range : range.substring(0, dash));
        int to = dash < 0 ? from : Integer.parseUnsignedInt(range.substring(dash + 1));
        if (from < 0 || to < from) {
            throw new NumberFormatException("not a range: " + range);
        }
        return to;
    }
}
