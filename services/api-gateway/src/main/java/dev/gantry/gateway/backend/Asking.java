package dev.gantry.gateway.backend;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.time.Duration;

/** Asking a service: with a deadline, and with its error in the catalogue's words. */
public final class Asking {
    public static final String SCHEDULER = "scheduler-service";
    public static final String IMAGES = "image-service";
    public static final String NETWORKS = "network-service";
    public static final String VOLUMES = "volume-service";

    /** For questions that a service answers from what it has. */
    public static final Duration QUERY = Duration.ofSeconds(15);

    /** For changes that pass through several services. */
    public static final Duration CHANGE = Duration.ofMinutes(2);

    /** For what ends when the container says so; a service that dies meanwhile is noticed by keepalive. */
    public static final Duration PATIENT = Duration.ofHours(24);

    private Asking() {}

    /** One question to a service. */
    @FunctionalInterface
    public interface Question<A> {
        A ask() throws StatusException, InterruptedException;
    }

    public static <S extends AbstractStub<S>> S within(Duration deadline, S stub) {
        return stub.withDeadlineAfter(deadline);
    }

    /** @throws GantryException what the service answered, or 503 naming it if it is away, 504 if it did not answer in time */
    public static <A> A ask(String service, Question<A> question) throws InterruptedException {
        try {
            return question.ask();
        } catch (StatusException | StatusRuntimeException failure) {
            throw RpcErrors.from(failure, service);
        }
    }

    /** As {@link #ask}, of the agent that a container lives with: when it is away the error names its node. */
    public static <A> A askNode(ContainerLocation container, Question<A> question) throws InterruptedException {
        try {
            return question.ask();
        } catch (StatusException | StatusRuntimeException failure) {
            throw named(container.getNode(), RpcErrors.from(failure, "node " + container.getNode()));
        }
    }

    private static GantryException named(String node, GantryException error) {
        return error.code() == ErrorCode.SERVICE_AWAY
                ? ErrorCode.NODE_AWAY.with(node, "its agent does not answer").causedBy(error)
                : error;
    }
}
