package dev.gantry.e2e.fault;

/** What clients are doing when the kill comes. */
enum Moment {
    IDLE,
    CREATE,
    START,
    EXEC,
    ATTACH,
    STOP,
    RM,
    IMPORT;

    /** As it stands in the name of a case. */
    String words() {
        return this == IDLE ? "while clients are idle" : "in the middle of " + tag();
    }

    /** As it stands in the names of what it makes. */
    String tag() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
