package dev.gantry.e2e.harness;

import java.util.List;

/** The two ways to run the same jars on one host. */
public enum Packaging {
    ONE_CONTROL_PLANE("one", "up"),
    SEPARATE_PROCESSES("seven", "up --processes");

    /** Whoever tests beside somebody else gives another one: {@code -Dgantry.e2e=mine}. At most five letters. */
    private static final String PREFIX = System.getProperty("gantry.e2e", "e2e");

    private final String instance;
    private final String up;

    Packaging(String instance, String up) {
        this.instance = instance;
        this.up = up;
    }

    String instance() {
        return named(instance);
    }

    /** The name of a test's instance. */
    public static String named(String end) {
        return PREFIX + "-" + end;
    }

    /** The words after {@code gantry} that start it. */
    List<String> up() {
        return List.of(up.split(" ", -1));
    }
}
