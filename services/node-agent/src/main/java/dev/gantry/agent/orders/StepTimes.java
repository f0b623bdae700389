package dev.gantry.agent.orders;

/** Where the time of a start goes, for the log at debug. */
final class StepTimes {
    private final StringBuilder text = new StringBuilder();
    private final long begun = System.nanoTime();
    private long last = begun;

    void step(String name) {
        var now = System.nanoTime();
        text.append(name).append(' ').append((now - last) / 1_000).append(" µs, ");
        last = now;
    }

    @Override
    public String toString() {
        return text + "in all " + (last - begun) / 1_000 + " µs";
    }
}
