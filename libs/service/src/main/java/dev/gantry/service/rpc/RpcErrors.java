package dev.gantry.service.rpc;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Carries errors of the catalogue through gRPC: the code in a trailer, the message as the status' description. */
public final class RpcErrors {
    private static final Logger LOG = Logger.getLogger(RpcErrors.class);
    private static final Metadata.Key<String> CODE = Metadata.Key.of("gantry-error", Metadata.ASCII_STRING_MARSHALLER);

    private static final List<String> DATABASE =
            List.of("jakarta.transaction", "jakarta.persistence", "org.hibernate", "io.quarkus.narayana");
    private static final int DEPTH = 20;
    /** {@code finishConnect(..) failed with error(-111): Connection refused: /127.0.0.1:21331} */
    private static final Pattern ERRNO = Pattern.compile("^.*failed with error\\(-?\\d+\\): ");

    private RpcErrors() {}

    /** What a server method answers for {@code failure}. What is not of the catalogue is logged here and answered as INTERNAL, without its stack. */
    public static StatusRuntimeException toStatus(Throwable failure) {
        return switch (failure) {
            case GantryException known -> status(known);
            case StatusRuntimeException passedOn -> passedOn;
            case InterruptedException cancelled ->
                Status.CANCELLED.withDescription("cancelled").asRuntimeException();
            case Throwable unexpected
            when ofDatabase(unexpected) -> {
                LOG.error("the database failed in a call", unexpected);
                yield status(ErrorCode.SERVICE_AWAY.with("the service's database", "a statement or its commit failed"));
            }
            default -> {
                LOG.error("unexpected failure in a call", failure);
                yield status(ErrorCode.INTERNAL.with(Optional.ofNullable(failure.getMessage())
                        .orElse(failure.getClass().getSimpleName())));
            }
        };
    }

    /** Such messages have statements with their values, or names of classes: for the log, not for whoever asked. */
    private static boolean ofDatabase(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof SQLException
                        || DATABASE.stream().anyMatch(cause.getClass().getPackageName()::startsWith));
    }

    private static StatusRuntimeException status(GantryException known) {
        var trailers = new Metadata();
        trailers.put(CODE, known.code().name());
        return Status.fromCode(known.code().grpcCode())
                .withDescription(known.getMessage())
                .asRuntimeException(trailers);
    }

    /** What a client throws on: the catalogue's error that the server meant, or one that names the peer that did not answer. */
    public static GantryException from(Throwable failure, String peer) {
        return switch (failure) {
            case GantryException known -> known;
            case StatusRuntimeException status -> from(status.getStatus(), status.getTrailers(), peer);
            case StatusException status -> from(status.getStatus(), status.getTrailers(), peer);
            default ->
                ErrorCode.INTERNAL
                        .with(Optional.ofNullable(failure.getMessage()).orElse(failure.toString()))
                        .causedBy(failure);
        };
    }

    private static GantryException from(
            Status status, @org.jspecify.annotations.Nullable Metadata trailers, String peer) {
        var message = Optional.ofNullable(status.getDescription())
                .orElseGet(() -> status.getCode().name());
        return code(trailers)
                .map(code -> new GantryException(code, message))
                .orElseGet(() -> switch (status.getCode()) {
                    case UNAVAILABLE -> ErrorCode.SERVICE_AWAY.with(peer, reason(status, message));
                    case DEADLINE_EXCEEDED -> ErrorCode.TIMED_OUT.with(peer);
                    case PERMISSION_DENIED, UNAUTHENTICATED -> ErrorCode.FORBIDDEN.with(message);
                    case UNIMPLEMENTED -> ErrorCode.NOT_IMPLEMENTED.with(message);
                    default -> ErrorCode.INTERNAL.with(peer + ": " + message);
                });
    }

    /** What the system said of the connection; Netty and gRPC add names of their classes to it. */
    private static String reason(Status status, String message) {
        return causes(status.getCause())
                .filter(IOException.class::isInstance)
                .flatMap(cause -> Stream.ofNullable(cause.getMessage()))
                .findFirst()
                .map(said -> ERRNO.matcher(said).replaceFirst("").split(": /", 2)[0])
                .orElseGet(() -> message.lines().findFirst().orElse("no answer"));
    }

    private static Stream<Throwable> causes(@org.jspecify.annotations.Nullable Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEPTH);
    }

    private static Optional<ErrorCode> code(@org.jspecify.annotations.Nullable Metadata trailers) {
        return Optional.ofNullable(trailers)
                .map(t -> t.get(CODE))
                .flatMap(name -> Arrays.stream(ErrorCode.values())
                        .filter(code -> code.name().equals(name))
                        .findFirst());
    }
}
