package dev.gantry.e2e.walk;

import java.util.Set;

/** What is there or not: volumes and names of images. To make what is there changes nothing. */
record ThingRules() implements Rules<Boolean, ThingVerb> {
    @Override
    public Set<Boolean> after(Boolean there, ThingVerb verb) {
        return switch (verb) {
            case MAKE -> Set.of(true);
            case REMOVE -> there ? Set.of(false) : Set.of();
        };
    }

    @Override
    public Set<Boolean> byItself(Boolean there) {
        return Set.of();
    }
}
