package dev.gantry.scheduler.creation;

/** The network mode of a container that lives in another one's network namespace: {@code container:<id>}. */
public final class SharedNetwork {
    private static final String PREFIX = "container:";

    private SharedNetwork() {}

    public static boolean is(String networkMode) {
        return networkMode.startsWith(PREFIX);
    }

    /** The other container, as the mode names it. */
    public static String owner(String networkMode) {
        return networkMode.substring(PREFIX.length());
    }

    public static String of(String owner) {
        return PREFIX + owner;
    }
}
