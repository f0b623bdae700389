package dev.gantry.linux.launch;

/**
 * A soft and hard limit of getrlimit(2).
 *
 * @param resource RLIMIT_ number
 * @param soft unsigned; -1 is infinity
 * @param hard unsigned; -1 is infinity
 */
public record Rlimit(int resource, long soft, long hard) {
    /** RLIMIT_NPROC: of the user, who may have processes elsewhere. */
    static final int PROCESSES = 6;

    /** Docker's word for a resource ({@code nofile}, {@code core}, ...) as its number; asm-generic/resource.h. */
    public static int resource(String name) {
        return switch (name) {
            case "cpu" -> 0;
            case "fsize" -> 1;
            case "data" -> 2;
            case "stack" -> 3;
            case "core" -> 4;
            case "rss" -> 5;
            case "nproc" -> PROCESSES;
            case "nofile" -> 7;
            case "memlock" -> 8;
            case "as" -> 9;
            case "locks" -> 10;
            case "sigpending" -> 11;
            case "msgqueue" -> 12;
            case "nice" -> 13;
            case "rtprio" -> 14;
            case "rttime" -> 15;
            default -> throw new IllegalArgumentException("invalid ulimit type: " + name);
        };
    }
}
