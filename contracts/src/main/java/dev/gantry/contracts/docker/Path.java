package dev.gantry.contracts.docker;

/** Where in a document a value stands, for messages: {@code HostConfig.Mounts[0].Target}. */
record Path(String text) {
    static final Path ROOT = new Path("");

    Path field(String name) {
        return new Path(text.isEmpty() ? name : text + "." + name);
    }

    Path item(int index) {
        return new Path(text + "[" + index + "]");
    }

    boolean isRoot() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return isRoot() ? "the request body" : text;
    }
}
