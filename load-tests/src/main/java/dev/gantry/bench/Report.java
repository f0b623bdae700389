package dev.gantry.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The result as a Markdown table: milliseconds, median (10th–90th percentile). */
final class Report {
    private final StringBuilder text = new StringBuilder();

    Report(List<Engine> engines, Rounds rounds) {
        text.append(String.format(
                Locale.ROOT,
                "Milliseconds, median (10th–90th percentile) of %d rounds after %d warm-up rounds, engines"
                        + " interleaved.%n%n",
                rounds.counted(),
                rounds.warmUp()));
        text.append("| |");
        engines.forEach(engine -> text.append(' ').append(engine.name()).append(" |"));
        text.append("\n|---|").append("---:|".repeat(engines.size())).append('\n');
    }

    void row(Scenario scenario, Map<Engine, Samples> samples) {
        text.append("| ")
                .append(scenario.name())
                .append(", network ")
                .append(scenario.network())
                .append(" |");
        samples.values().forEach(s -> text.append(' ').append(s.text()).append(" |"));
        text.append('\n');
    }

    /** The 99th percentile, for what is promised by it. */
    void tail(Scenario scenario, Map<Engine, Samples> samples) {
        text.append("| ").append(scenario.name()).append(", 99th percentile |");
        samples.values().forEach(s -> text.append(String.format(Locale.ROOT, " %.1f |", s.percentile(0.99) / 1e6)));
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

    @Override
    public String toString() {
        return text.toString();
    }
}
