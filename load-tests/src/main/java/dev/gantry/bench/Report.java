package dev.gantry.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The result as Markdown tables: a column for each engine, median (10th–90th percentile). */
final class Report {
    private final StringBuilder text = new StringBuilder();
    private final List<Engine> engines;
    private final List<String> failures = new ArrayList<>();

    Report(List<Engine> engines) {
        this.engines = engines;
        text.append("Median (10th–90th percentile). Rounds: warm-up + counted, engines interleaved.\n\n");
        text.append("| | unit | rounds |");
        engines.forEach(engine -> text.append(' ').append(engine.name()).append(" |"));
        text.append("\n|---|---|---:|").append("---:|".repeat(engines.size())).append('\n');
    }

    /** @param outcomes in the order of the engines */
    void add(Scenario scenario, List<Outcome> outcomes) {
        for (var i = 0; i < scenario.rows().size(); i++) {
            var row = i;
            var name = scenario.rows().get(row).name() + ", network " + scenario.network();
            line(scenario, row, name, outcomes, outcome -> outcome.cell(row));
            if (scenario.rows().get(row).tail()) {
                line(scenario, row, name + ", 99th percentile", outcomes, outcome -> outcome.tail(row));
            }
        }
        for (var i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Failed(var reason)) {
                failures.add(engines.get(i).name() + ": " + scenario.name() + ": " + reason.replace('\n', ' '));
            }
        }
    }

    private void line(Scenario scenario, int row, String name, List<Outcome> outcomes, Function<Outcome, String> cell) {
        text.append("| ").append(name);
        text.append(" | ").append(scenario.rows().get(row).unit());
        text.append(" | ").append(scenario.rounds()).append(" |");
        outcomes.forEach(outcome -> text.append(' ').append(cell.apply(outcome)).append(" |"));
        text.append('\n');
    }

    void memory(String engine, List<Memory.Usage> usages) {
        text.append("\n| idle memory of ").append(engine).append(" | pid | MiB PSS |\n|---|---:|---:|\n");
        for (var usage : usages) {
            text.append(String.format(
                    Locale.ROOT, "| %s | %d | %.1f |%n", usage.process(), usage.pid(), usage.kib() / 1024.0));
        }
        var total = usages.stream().mapToLong(Memory.Usage::kib).sum();
        text.append(String.format(Locale.ROOT, "| **together** | | **%.1f** |%n", total / 1024.0));
    }

    boolean complete() {
        return failures.isEmpty();
    }

    @Override
    public String toString() {
        var whole = new StringBuilder(text);
        failures.forEach(failure -> whole.append("\nfailed: ").append(failure).append('\n'));
        return whole.toString();
    }
}
