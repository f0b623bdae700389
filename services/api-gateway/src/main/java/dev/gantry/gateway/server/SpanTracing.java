package dev.gantry.gateway.server;

import dev.gantry.gateway.routes.Operation;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** One span for each operation, with {@code gantry.traces=true}; without, nothing at all. */
@ApplicationScoped
public class SpanTracing implements Tracing {
    private final Tracer tracer;
    private final boolean enabled;

    SpanTracing(
            OpenTelemetry openTelemetry,
            @ConfigProperty(name = "gantry.traces", defaultValue = "false") boolean enabled) {
        this.tracer = openTelemetry.getTracer("dev.gantry.gateway");
        this.enabled = enabled;
    }

    @Override
    public Runnable traced(Operation operation, Runnable work) {
        return enabled ? () -> inSpan(operation, work) : work;
    }

    private void inSpan(Operation operation, Runnable work) {
        var span = tracer.spanBuilder(operation.id())
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", operation.method())
                .setAttribute("http.route", operation.path().text())
                .startSpan();
        try {
            Context.current().with(span).wrap(work).run();
        } finally {
            span.end();
        }
    }
}
