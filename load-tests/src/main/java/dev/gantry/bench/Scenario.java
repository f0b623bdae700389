package dev.gantry.bench;

import java.util.List;

/**
 * Something users wait for: prepared once on an engine, then done round by round.
 *
 * @param rows what a round measures, in the order of what {@link Subject#round} returns
 */
record Scenario(List<Row> rows, String network, Rounds rounds, Setup setup) {
    /**
     * A row of the table.
     *
     * @param tail whether the 99th percentile is promised and gets a row, too
     */
    record Row(String name, String unit, boolean tail) {
        static Row millis(String name) {
            return new Row(name, "ms", false);
        }
    }

    /** Untimed. */
    interface Setup {
        Subject on(Engine engine) throws Exception;
    }

    /** What stands ready on one engine. */
    interface Subject {
        /**
         * Once more. What it makes and does not remove is removed after the last round.
         *
         * @return one value for each row, of the part that counts
         */
        List<Double> round() throws Exception;
    }

    /** One that measures one duration and needs no preparation. */
    static Scenario of(String name, String network, Rounds rounds, Step step) {
        return new Scenario(List.of(Row.millis(name)), network, rounds, engine -> () -> List.of(step.millis(engine)));
    }

    interface Step {
        /** @return milliseconds that the part that counts took */
        double millis(Engine engine) throws Exception;
    }

    /** Whether the name of any of its rows, with the network, contains this. */
    boolean isCalled(String part) {
        return rows.stream().anyMatch(row -> (row.name() + ", network " + network).contains(part));
    }

    String name() {
        return rows.getFirst().name() + ", network " + network;
    }
}
