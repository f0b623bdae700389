package dev.gantry.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.service.tracing.TraceCarrier;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose trace the orders to an agent belong to. */
class TraceTest {
    private final Finished finished = new Finished();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(finished))
            .build();
    private final Tracer tracer = provider.get("test");
    private final World world = new World(TraceCarrier.ofContext());

    @BeforeEach
    void traceOrders() {
        world.host.onOrder(this::spanOf);
    }

    private void spanOf(Order order) {
        tracer.spanBuilder(order.getVerbCase().name()).startSpan().end();
    }

    @AfterEach
    void close() {
        world.close();
        provider.close();
    }

    @Test
    void anOrderIsAChildOfTheCallThatAskedForIt() {
        var id = world.create("c1", "sleep", false);
        var start = inSpan("start asked", () -> world.scheduler().start(id));
        var stop = inSpan("stop asked", () -> world.scheduler().stop(id, OptionalInt.empty(), 0));
        assertThat(finished.only("START")).satisfies(order -> childOf(order, start));
        assertThat(finished.only("STOP")).satisfies(order -> childOf(order, stop));
    }

    @Test
    void whatTwoCallersAskOfOneContainerStaysInTwoTraces() {
        var id = world.create("c1", "sleep", false);
        var first = inSpan("start asked", () -> world.scheduler().start(id));
        var second = inSpan("kill asked", () -> world.scheduler().kill(id, "KILL"));
        assertThat(first.getTraceId()).isNotEqualTo(second.getTraceId());
        assertThat(finished.only("KILL")).satisfies(order -> childOf(order, second));
    }

    @Test
    void aRemovalThatFollowsFromAnExitBelongsToNoCaller() {
        var id = world.create("c1", "sleep", true);
        inSpan("start asked", () -> world.scheduler().start(id));
        inSpan("agent's stream", () -> world.host.exit(id, 0));
        World.await("removed", () -> world.state(id).equals("gone"));
        assertThat(finished.only("RELEASE").getParentSpanContext().isValid()).isFalse();
    }

    private static void childOf(SpanData child, SpanData parent) {
        assertThat(child.getTraceId()).isEqualTo(parent.getTraceId());
        assertThat(child.getParentSpanId()).isEqualTo(parent.getSpanId());
    }

    @CanIgnoreReturnValue
    private SpanData inSpan(String name, Runnable work) {
        var span = tracer.spanBuilder(name).startSpan();
        try (var _ = span.makeCurrent()) {
            work.run();
        } finally {
            span.end();
        }
        return finished.only(name);
    }

    /** Keeps what has ended. */
    private static final class Finished implements SpanExporter {
        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        SpanData only(String name) {
            return spans.stream()
                    .filter(span -> span.getName().equals(name))
                    .reduce((one, two) -> {
                        throw new AssertionError("two spans " + name);
                    })
                    .orElseThrow();
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
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
}
