package dev.gantry.contracts.error;

import io.grpc.Status;
import java.util.Locale;

/**
 * Every error a client may see: its HTTP status at the gateway, its gRPC status inside, its message. The words are Docker's
 * wherever a client matches on them: the CLI derives its exit codes 125, 126 and 127 from "executable file not found",
 * "permission denied" and "no such file or directory", and pulls when it reads "No such image".
 */
public enum ErrorCode {
    // bad input: nothing has changed
    INVALID_PARAMETER(400, Status.Code.INVALID_ARGUMENT, "%s"),
    INVALID_JSON(400, Status.Code.INVALID_ARGUMENT, "invalid JSON: %s"),
    INVALID_REFERENCE(400, Status.Code.INVALID_ARGUMENT, "invalid reference format: %s"),
    INVALID_CONTAINER_NAME(
            400,
            Status.Code.INVALID_ARGUMENT,
            "Invalid container name (%s), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"),
    INVALID_FILTER(400, Status.Code.INVALID_ARGUMENT, "invalid filter '%s'"),
    NOT_IMPLEMENTED(501, Status.Code.UNIMPLEMENTED, "%s is not supported yet"),

    // what is not there
    NO_SUCH_CONTAINER(404, Status.Code.NOT_FOUND, "No such container: %s"),
    NO_SUCH_IMAGE(404, Status.Code.NOT_FOUND, "No such image: %s"),
    NO_SUCH_NETWORK(404, Status.Code.NOT_FOUND, "network %s not found"),
    NO_SUCH_VOLUME(404, Status.Code.NOT_FOUND, "get %s: no such volume"),
    NO_SUCH_BLOB(404, Status.Code.NOT_FOUND, "blob unknown to registry: %s"),
    AMBIGUOUS_REFERENCE(400, Status.Code.INVALID_ARGUMENT, "multiple IDs found with provided prefix: %s"),

    // what is in the way
    NAME_CONFLICT(
            409,
            Status.Code.ALREADY_EXISTS,
            "Conflict. The container name \"/%s\" is already in use by container \"%s\". You have to remove (or rename)"
                    + " that container to be able to reuse that name."),
    CONFLICT(409, Status.Code.FAILED_PRECONDITION, "%s"),
    STALE_GENERATION(409, Status.Code.FAILED_PRECONDITION, "container %s: generation %s is older than %s"),

    // a program that cannot be started; the start answers 400, the CLI exits with 127 or 126
    EXECUTABLE_NOT_FOUND(
            400,
            Status.Code.INVALID_ARGUMENT,
            "failed to create task for container: exec: \"%s\": executable file not found in $PATH"),
    EXECUTABLE_NOT_STARTED(400, Status.Code.INVALID_ARGUMENT, "failed to create task for container: exec: \"%s\": %s"),

    // what failed inside
    START_FAILED(500, Status.Code.INTERNAL, "failed to create task for container: %s"),
    BAD_ARCHIVE(500, Status.Code.INVALID_ARGUMENT, "invalid tar archive: %s"),
    DIGEST_MISMATCH(400, Status.Code.INVALID_ARGUMENT, "digest mismatch: expected %s, got %s"),
    NO_NODE(503, Status.Code.UNAVAILABLE, "no node can run this container: %s"),
    NODE_AWAY(503, Status.Code.UNAVAILABLE, "node %s is not reachable: %s"),
    SERVICE_AWAY(503, Status.Code.UNAVAILABLE, "%s is not reachable: %s"),
    TIMED_OUT(504, Status.Code.DEADLINE_EXCEEDED, "%s did not answer in time"),
    NO_SPACE(507, Status.Code.RESOURCE_EXHAUSTED, "no space left on device: %s"),
    FORBIDDEN(403, Status.Code.PERMISSION_DENIED, "%s"),
    INTERNAL(500, Status.Code.INTERNAL, "%s");

    private final int httpStatus;
    private final Status.Code grpcCode;
    private final String template;

    ErrorCode(int httpStatus, Status.Code grpcCode, String template) {
        this.httpStatus = httpStatus;
        this.grpcCode = grpcCode;
        this.template = template;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public Status.Code grpcCode() {
        return grpcCode;
    }

    /** The exception with this code's message, its placeholders filled in order. */
    public GantryException with(Object... facts) {
        return new GantryException(this, String.format(Locale.ROOT, template, facts));
    }
}
