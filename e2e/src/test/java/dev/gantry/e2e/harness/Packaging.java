package dev.gantry.e2e.harness;

import java.util.List;

/** The two ways to run the same jars on one host. */
public enum Packaging {
    ONE_CONTROL_PLANE("e2e-one", "up"),
    SEPARATE_PROCESSES("e2e-seven", "up --processes");

    private final String instance;
    private final String up;

    Packaging(String instance, String up) {
        this.instance = instance;
        this.up = up;
    }

    String instance() {
        return instance;
    }

    /** The words after {@code gantry} that start it. */
    List<String> up() {
        return List.of(up.split(" ", -1));
    }
}
