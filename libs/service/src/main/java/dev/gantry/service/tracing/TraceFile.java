package dev.gantry.service.tracing;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gantry.service.instance.Instance;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Appends finished spans as JSON lines to {@code <data>/traces/<process>.jsonl}, so that a single host needs no collector. At 64 MiB the
 * file begins anew. Attributes carry method names and statuses, never bodies.
 */
final class TraceFile implements SpanExporter {
    private static final Logger LOG = Logger.getLogger(TraceFile.class);
    private static final long MAX_BYTES = 64L << 20;

    private final ObjectMapper json = new ObjectMapper();
    private final Path file;

    TraceFile(Instance instance) {
        var process = System.getProperty("gantry.process", "process");
        file = instance.data().resolve("traces").resolve(process + ".jsonl");
    }

    @Override
    public synchronized CompletableResultCode export(Collection<SpanData> spans) {
        var lines = new StringBuilder();
        try {
            for (var span : spans) {
                lines.append(json.writeValueAsString(line(span))).append('\n');
            }
            append(lines.toString());
            return CompletableResultCode.ofSuccess();
        } catch (IOException e) {
            LOG.warnf("cannot write spans to %s: %s", file, e.getMessage());
            return CompletableResultCode.ofFailure();
        }
    }

    private void append(String lines) throws IOException {
        Files.createDirectories(file.getParent());
        if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
            Files.delete(file);
        }
        Files.write(file, lines.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Map<String, Object> line(SpanData span) {
        var line = new LinkedHashMap<String, Object>();
        line.put("trace", span.getTraceId());
        line.put("span", span.getSpanId());
        line.put("parent", span.getParentSpanId());
        line.put("name", span.getName());
        line.put("kind", span.getKind().name());
        line.put("start", span.getStartEpochNanos());
        line.put("end", span.getEndEpochNanos());
        line.put("status", span.getStatus().getStatusCode().name());
        return line;
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
