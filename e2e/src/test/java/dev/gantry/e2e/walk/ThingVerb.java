package dev.gantry.e2e.walk;

/** What is asked of a volume or of an image's name. */
enum ThingVerb {
    MAKE,
    REMOVE
}
