package dev.gantry.bench;

/** Something users wait for. Only what happens inside {@link #run} is timed; each run cleans up after itself, untimed. */
record Scenario(String name, String network, Step step) {
    /** Does the work once and tells how long the part that counts took. */
    interface Step {
        /** @return nanoseconds */
        long run(Engine engine) throws Exception;
    }

    long run(Engine engine) throws Exception {
        return step.run(engine);
    }
}
