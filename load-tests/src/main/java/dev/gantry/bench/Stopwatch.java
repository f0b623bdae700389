package dev.gantry.bench;

/** Runs from its making. */
record Stopwatch(long begin) {
    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    double millis() {
        return (System.nanoTime() - begin) / 1e6;
    }

    /** In millions of bytes. */
    double megabytesPerSecond(long bytes) {
        return bytes / 1e3 / millis();
    }
}
