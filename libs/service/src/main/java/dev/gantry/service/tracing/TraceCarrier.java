package dev.gantry.service.tracing;

import io.opentelemetry.context.Context;

/** Takes the trace of the thread that gives work away to the one that does it. Where tracing is off, work stays the object it was. */
@FunctionalInterface
public interface TraceCarrier {
    TraceCarrier NONE = work -> work;

    Runnable carried(Runnable work);

    /** Of OpenTelemetry's current context. */
    static TraceCarrier ofContext() {
        return work -> Context.current().wrap(work);
    }
}
