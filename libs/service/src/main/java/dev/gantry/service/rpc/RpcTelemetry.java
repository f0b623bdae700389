package dev.gantry.service.rpc;

import io.grpc.ClientInterceptor;
import io.grpc.ServerInterceptor;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Spans around every call; nothing in the way of one where tracing is off. */
@ApplicationScoped
public class RpcTelemetry {
    private final OpenTelemetry openTelemetry;
    private final boolean enabled;

    RpcTelemetry(
            OpenTelemetry openTelemetry,
            @ConfigProperty(name = "gantry.traces", defaultValue = "false") boolean enabled) {
        this.openTelemetry = openTelemetry;
        this.enabled = enabled;
    }

    List<ClientInterceptor> client() {
        return enabled ? List.of(GrpcTelemetry.create(openTelemetry).newClientInterceptor()) : List.of();
    }

    List<ServerInterceptor> server() {
        return enabled ? List.of(GrpcTelemetry.create(openTelemetry).newServerInterceptor()) : List.of();
    }
}
