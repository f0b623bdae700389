package dev.gantry.agent.output;

/** Where output goes to; waits while the reader is slow. The array is the sink's from then on. */
@FunctionalInterface
public interface ByteSink {
    void write(byte[] bytes) throws InterruptedException;
}
