package dev.gantry.e2e.fault;

/** Whether this is the long run, and with which seeds. */
public final class Soak {
    private static final long SEED = Long.getLong("gantry.seed", System.nanoTime());
    private static long drawn;

    private Soak() {}

    /** {@code ./gantry test --soak} */
    public static boolean on() {
        return Boolean.getBoolean("gantry.soak");
    }

    /** Another one at each call; all of them follow from {@code -Dgantry.seed}, where it is given. */
    public static synchronized long seed() {
        return SEED + drawn++;
    }
}
