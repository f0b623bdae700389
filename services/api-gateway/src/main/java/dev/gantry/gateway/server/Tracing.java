package dev.gantry.gateway.server;

import dev.gantry.gateway.routes.Operation;
import io.vertx.core.MultiMap;

/** Puts an operation's work inside a span, where spans are wanted. */
@FunctionalInterface
public interface Tracing {
    Tracing NONE = (operation, headers, work) -> work;

    /** @param headers of the request: a client may say which trace its call belongs to */
    Runnable traced(Operation operation, MultiMap headers, Runnable work);
}
