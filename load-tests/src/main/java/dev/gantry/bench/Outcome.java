package dev.gantry.bench;

import java.util.List;
import java.util.Locale;

/** How a scenario ended on an engine. */
sealed interface Outcome {
    /** @param rows in the order of the scenario's */
    record Measured(List<Samples> rows) implements Outcome {}

    record Failed(String reason) implements Outcome {}

    /** The engine has no such network. */
    record Absent() implements Outcome {}

    default String cell(int row) {
        return switch (this) {
            case Measured(var rows) -> rows.get(row).text();
            case Failed _ -> "failed";
            case Absent _ -> "–";
        };
    }

    /** The 99th percentile. */
    default String tail(int row) {
        return switch (this) {
            case Measured(var rows) ->
                String.format(Locale.ROOT, "%.1f", rows.get(row).percentile(0.99));
            case Failed _, Absent _ -> cell(row);
        };
    }
}
