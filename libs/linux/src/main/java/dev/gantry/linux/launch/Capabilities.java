package dev.gantry.linux.launch;

/** The five sets of capabilities(7) as masks: bit n is the capability numbered n. */
public record Capabilities(long bounding, long effective, long permitted, long inheritable, long ambient) {
    public static final Capabilities NONE = uniform(0);

    /** Docker's use: bounding, permitted and effective alike, nothing inheritable or ambient. */
    public static Capabilities uniform(long mask) {
        return new Capabilities(mask, mask, mask, 0, 0);
    }
}
