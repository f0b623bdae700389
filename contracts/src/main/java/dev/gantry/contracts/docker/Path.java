package dev.gantry.contracts.docker;

import org.jspecify.annotations.Nullable;

/** Where in a document a value stands, for messages: {@code HostConfig.Mounts[0].Target}. Put into words only when one is written. */
record Path(@Nullable Path parent, String step) {
    static final Path ROOT = new Path(null, "");

    Path field(String name) {
        return new Path(this, name);
    }

    Path item(int index) {
        return new Path(this, "[" + index + "]");
    }

    boolean isRoot() {
        return parent == null;
    }

    @Override
    public String toString() {
        return parent == null ? "the request body" : words();
    }

    private String words() {
        if (parent == null) {
            return step;
        }
        String before = parent.words();
        return before.isEmpty() || step.startsWith("[") ? before + step : before + "." + step;
    }
}
