package dev.gantry.agent.output;

/** One record of the index. */
sealed interface Mark {
    /** Nanoseconds since the epoch. */
    long at();

    /** These bytes of the stream's spool file came at that time. */
    record Chunk(long at, Stream stream, long offset, int length) implements Mark {
        long end() {
            return offset + length;
        }
    }

    /** A run begins. */
    record Begin(long at, long run) implements Mark {}

    /** The run's process is gone and all it wrote is before this mark. */
    record End(long at, long run) implements Mark {}
}
