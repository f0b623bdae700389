package dev.gantry.gateway.server;

import dev.gantry.gateway.routes.Operation;

/** Puts an operation's work inside a span, where spans are wanted. */
@FunctionalInterface
public interface Tracing {
    Tracing NONE = (operation, work) -> work;

    Runnable traced(Operation operation, Runnable work);
}
