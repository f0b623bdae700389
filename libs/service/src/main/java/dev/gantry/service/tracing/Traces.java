package dev.gantry.service.tracing;

import dev.gantry.service.instance.Instance;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Hands OpenTelemetry the processor that writes the spans to {@link TraceFile}, and everybody what takes a trace from thread to thread. */
final class Traces {
    private static final Duration DELAY = Duration.ofMillis(200);

    private Traces() {}

    @Produces
    @Singleton
    static SpanProcessor file() {
        return BatchSpanProcessor.builder(new TraceFile(Instance.current()))
                .setScheduleDelay(DELAY)
                .build();
    }

    @Produces
    @Singleton
    static TraceCarrier carrier(@ConfigProperty(name = "gantry.traces", defaultValue = "false") boolean enabled) {
        return enabled ? TraceCarrier.ofContext() : TraceCarrier.NONE;
    }
}
