package dev.gantry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaterfallTest {
    @Test
    void drawsTheSpansOfAllProcessesThatLieWithinTheRun(@TempDir Path traces) throws Exception {
        Files.writeString(
                traces.resolve("agent.jsonl"),
                line("start", 20_000_000, 30_000_000) + line("later", 90_000_000, 91_000_000));
        Files.writeString(traces.resolve("gateway.jsonl"), line("POST /start", 10_000_000, 40_000_000));
        var text = Waterfall.of(traces, 10_000_000, 50_000_000).text();
        assertThat(text).startsWith("one docker run, 40.0 ms").doesNotContain("later");
        assertThat(text.indexOf("POST /start")).isLessThan(text.indexOf("agent"));
        assertThat(text).contains("  10.00   10.00  agent");
    }

    private static String line(String name, long start, long end) {
        return "{\"name\":\"" + name + "\",\"kind\":\"SERVER\",\"start\":" + start + ",\"end\":" + end + "}\n";
    }
}
