package dev.gantry.e2e.walk;

/** What is asked of a container. */
enum ContainerVerb {
    CREATE,
    START,
    STOP,
    KILL,
    REMOVE,
    FORCE_REMOVE,
    EXEC
}
