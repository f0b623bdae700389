package dev.gantry.e2e.harness;

import java.util.List;

/** The two ways to run the same jars on one host. */
public enum Packaging {
    ONE_CONTROL_PLANE("e2e-one", List.of("up")),
    SEPARATE_PROCESSES("e2e-seven", List.of("up", "--processes"));

    private final String instance;
    private final List<String> up;

    Packaging(String instance, List<String> up) {
        this.instance = instance;
        this.up = up;
    }

    String instance() {
        return instance;
    }

    List<String> up() {
        return up;
    }
}
