package dev.gantry.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Where the time of one {@code docker run} goes: the spans of all processes that lie within it, in the order of their beginnings, drawn as
 * bars. The processes write their spans to {@code <data>/traces/*.jsonl} while {@code GANTRY_TRACES=true}.
 */
record Waterfall(long begin, long end, List<Span> spans) {
    private static final int WIDTH = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    record Span(String process, String name, String kind, long start, long end) {}

    /** @param begin of the run, as {@code end}: nanoseconds since the epoch */
    static Waterfall of(Path traces, long begin, long end) throws IOException {
        var spans = new ArrayList<Span>();
        try (var files = Files.newDirectoryStream(traces, "*.jsonl")) {
            for (var file : files) {
                var process = file.getFileName().toString().replace(".jsonl", "");
                for (var line : Files.readAllLines(file)) {
                    var span = JSON.readTree(line);
                    spans.add(new Span(
                            process,
                            span.path("name").asText(),
                            span.path("kind").asText(),
                            span.path("start").asLong(),
                            span.path("end").asLong()));
                }
            }
        }
        spans.removeIf(span -> span.start() < begin || span.start() > end);
        spans.sort(Comparator.comparingLong(Span::start).thenComparing(Span::name));
        return new Waterfall(begin, end, spans);
    }

    String text() {
        var text = new StringBuilder(String.format(
                Locale.ROOT, "one docker run, %.1f ms from the CLI's start to its end%n%n", millis(end - begin)));
        for (var span : spans) {
            text.append(String.format(
                    Locale.ROOT,
                    "%7.2f %7.2f  %-14s %-44s |%s|%n",
                    millis(span.start() - begin),
                    millis(span.end() - span.start()),
                    span.process(),
                    shortened(span),
                    bar(span)));
        }
        return text.toString();
    }

    private static String shortened(Span span) {
        var name = (span.kind().equals("CLIENT") ? "→ " : "") + span.name().replace("gantry.v1.", "");
        return name.length() > 44 ? name.substring(0, 43) + "…" : name;
    }

    private String bar(Span span) {
        var from = column(span.start());
        var to = Math.max(from + 1, column(span.end()));
        return " ".repeat(from) + "█".repeat(to - from) + " ".repeat(Math.max(0, WIDTH - to));
    }

    private int column(long at) {
        return Math.clamp((at - begin) * WIDTH / Math.max(1, end - begin), 0, WIDTH - 1);
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
