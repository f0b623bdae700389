package dev.gantry.gateway.server;

import dev.gantry.gateway.routes.Operation;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.vertx.core.MultiMap;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * One span for each operation, with {@code gantry.traces=true}; without, nothing at all. It is a child of the client's span when the
 * request names one (W3C Trace Context, as compose sends it): then all that one command asks for is one trace.
 */
@ApplicationScoped
public class SpanTracing implements Tracing {
    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final boolean enabled;

    SpanTracing(
            OpenTelemetry openTelemetry,
            @ConfigProperty(name = "gantry.traces", defaultValue = "false") boolean enabled) {
        this.tracer = openTelemetry.getTracer("dev.gantry.gateway");
        this.propagator = openTelemetry.getPropagators().getTextMapPropagator();
        this.enabled = enabled;
    }

    @Override
    public Runnable traced(Operation operation, MultiMap headers, Runnable work) {
        if (!enabled) {
            return work;
        }
        var client = propagator.extract(Context.root(), headers, Headers.OF_A_REQUEST);
        return () -> inSpan(operation, client, work);
    }

    private void inSpan(Operation operation, Context client, Runnable work) {
        var span = tracer.spanBuilder(operation.id())
                .setParent(client)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", operation.method())
                .setAttribute("http.route", operation.path().text())
                .startSpan();
        try {
            client.with(span).wrap(work).run();
        } finally {
            span.end();
        }
    }

    private enum Headers implements TextMapGetter<MultiMap> {
        OF_A_REQUEST;

        @Override
        public Iterable<String> keys(MultiMap headers) {
            return headers.names();
        }

        @Override
        public @Nullable String get(@Nullable MultiMap headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    }
}
