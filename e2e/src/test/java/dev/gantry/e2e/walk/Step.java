package dev.gantry.e2e.walk;

/** One thing that a client of the walk does. */
sealed interface Step {
    String object();

    /** Changes or uses a container. */
    record OfContainer(String object, ContainerVerb verb) implements Step {}

    /** {@code docker run --rm} of a program with one line of output and an exit code. */
    record RunOnce(String object) implements Step {}

    /** {@code docker inspect} and {@code docker logs}. */
    record Look(String object) implements Step {}

    record OfVolume(String object, ThingVerb verb) implements Step {}

    /** A further name for an image, or its removal. */
    record OfName(String object, ThingVerb verb) implements Step {}

    record Import(String object) implements Step {}
}
