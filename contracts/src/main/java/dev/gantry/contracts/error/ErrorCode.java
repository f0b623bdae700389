package dev.gantry.contracts.error;

import io.grpc.Status;
import java.util.Locale;

/**
 * Every error a client may see: its HTTP status at the gateway, its gRPC status inside, its message. The words are Docker's
 * wherever a client matches on them: the CLI derives its exit codes 125, 126 and 127 from "executable file not found",
 * "permission denied" and "no such file or directory", and pulls when it reads "No such image". They are compared with
 * recorded answers of a real engine in a test. The statuses are Docker's too, also where another would be more natural.
 */
public enum ErrorCode {
    // the request itself
    INVALID_PARAMETER(400, Status.Code.INVALID_ARGUMENT, "%s"),
    INVALID_JSON(400, Status.Code.INVALID_ARGUMENT, "invalid JSON: %s"),
    UNSUPPORTED_CONTENT_TYPE(
            400, Status.Code.INVALID_ARGUMENT, "unsupported Content-Type header (%s): must be 'application/json'"),
    /** The answer's body is plain text, not JSON. */
    CLIENT_TOO_OLD(
            400,
            Status.Code.INVALID_ARGUMENT,
            "client version %s is too old. Minimum supported API version is %s, please upgrade your client to a newer"
                    + " version"),
    CLIENT_TOO_NEW(
            400, Status.Code.INVALID_ARGUMENT, "client version %s is too new. Maximum supported API version is %s"),
    PAGE_NOT_FOUND(404, Status.Code.NOT_FOUND, "page not found"),
    BAD_INTEGER(500, Status.Code.INVALID_ARGUMENT, "strconv.Atoi: parsing \"%s\": invalid syntax"),
    BAD_LONG(500, Status.Code.INVALID_ARGUMENT, "strconv.ParseInt: parsing \"%s\": invalid syntax"),
    BAD_TIME(500, Status.Code.INVALID_ARGUMENT, "failed to parse value as time or duration: \"%s\""),
    SINCE_AFTER_UNTIL(400, Status.Code.INVALID_ARGUMENT, "`since` time (%s) cannot be after `until` time (%s)"),
    MALFORMED_FILTER(400, Status.Code.INVALID_ARGUMENT, "invalid filter"),
    INVALID_FILTER(400, Status.Code.INVALID_ARGUMENT, "invalid filter '%s'"),
    INVALID_FILTER_VALUE(400, Status.Code.INVALID_ARGUMENT, "invalid filter '%s=%s': %s"),
    NOT_IMPLEMENTED(501, Status.Code.UNIMPLEMENTED, "%s is not supported yet"),

    // what a container is made of: nothing has changed
    INVALID_REFERENCE(400, Status.Code.INVALID_ARGUMENT, "invalid reference format: %s"),
    INVALID_CONTAINER_NAME(
            400,
            Status.Code.INVALID_ARGUMENT,
            "Invalid container name (%s), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"),
    EMPTY_CONFIG(400, Status.Code.INVALID_ARGUMENT, "config cannot be empty in order to create a container"),
    NO_COMMAND(400, Status.Code.INVALID_ARGUMENT, "no command specified"),
    NO_EXEC_COMMAND(400, Status.Code.INVALID_ARGUMENT, "No exec command specified"),
    INVALID_PLATFORM(400, Status.Code.INVALID_ARGUMENT, "\"%s\": cannot parse platform specifier: invalid argument"),
    INVALID_SIGNAL(400, Status.Code.INVALID_ARGUMENT, "invalid signal: %s"),
    INVALID_CONDITION(400, Status.Code.INVALID_ARGUMENT, "invalid condition: \"%s\""),
    INVALID_RESIZE(400, Status.Code.INVALID_ARGUMENT, "invalid resize %s \"%s\": invalid syntax"),
    NO_STREAM_CHOSEN(400, Status.Code.INVALID_ARGUMENT, "Bad parameters: you must choose at least one stream"),
    /** The mount's type, and what is wrong with it. */
    INVALID_MOUNT(400, Status.Code.INVALID_ARGUMENT, "invalid mount config for type \"%s\": %s"),
    /** Of the short form, which Docker answers with 500. */
    INVALID_VOLUME_SPEC(500, Status.Code.INVALID_ARGUMENT, "%s"),
    START_WITH_BODY(
            400,
            Status.Code.INVALID_ARGUMENT,
            "starting container with non-empty request body was deprecated since API v1.22 and removed in v1.24"),

    // what is not there
    NO_SUCH_CONTAINER(404, Status.Code.NOT_FOUND, "No such container: %s"),
    NO_SUCH_EXEC(404, Status.Code.NOT_FOUND, "No such exec instance: %s"),
    NO_SUCH_IMAGE(404, Status.Code.NOT_FOUND, "No such image: %s"),
    PLATFORM_MISMATCH(
            404,
            Status.Code.NOT_FOUND,
            "image with reference %s was found but its platform (%s) does not match the specified platform (%s)"),
    NO_SUCH_NETWORK(404, Status.Code.NOT_FOUND, "network %s not found"),
    NO_SUCH_VOLUME(404, Status.Code.NOT_FOUND, "get %s: no such volume"),
    /** The volume, and its driver twice. */
    NO_SUCH_VOLUME_DRIVER(
            404, Status.Code.NOT_FOUND, "create %s: error looking up volume plugin %s: plugin \"%s\" not found"),
    NO_SUCH_PLUGIN(404, Status.Code.NOT_FOUND, "plugin \"%s\" not found"),
    NO_SUCH_BLOB(404, Status.Code.NOT_FOUND, "blob unknown to registry: %s"),
    /** The path, and the container as the user called it. */
    NO_SUCH_FILE(404, Status.Code.NOT_FOUND, "Could not find the file %s in container %s"),
    AMBIGUOUS_REFERENCE(400, Status.Code.INVALID_ARGUMENT, "multiple IDs found with provided prefix: %s"),

    // what is in the way
    NAME_CONFLICT(
            409,
            Status.Code.ALREADY_EXISTS,
            "Conflict. The container name \"/%s\" is already in use by container \"%s\". You have to remove (or rename)"
                    + " that container to be able to reuse that name."),
    SAME_NAME(400, Status.Code.INVALID_ARGUMENT, "Renaming a container with the same name as its current name"),
    EMPTY_NAME(400, Status.Code.INVALID_ARGUMENT, "Neither old nor new names may be empty"),
    /** The full id. A kill puts {@code cannot kill container: NAME: } before it. */
    NOT_RUNNING(409, Status.Code.FAILED_PRECONDITION, "container %s is not running"),
    ALREADY_PAUSED(409, Status.Code.FAILED_PRECONDITION, "Container %s is already paused"),
    NOT_PAUSED(500, Status.Code.FAILED_PRECONDITION, "Container %s is not paused"),
    PAUSED_EXEC(409, Status.Code.FAILED_PRECONDITION, "Container %s is paused, unpause the container before exec"),
    START_PAUSED(409, Status.Code.FAILED_PRECONDITION, "cannot start a paused container, try unpause instead"),
    START_REMOVING(409, Status.Code.FAILED_PRECONDITION, "container is marked for removal and cannot be started"),
    REMOVE_RESTARTING(
            409,
            Status.Code.FAILED_PRECONDITION,
            "cannot remove container \"%s\": container is restarting: stop the container before removing or force remove"),
    REMOVE_RUNNING(
            409,
            Status.Code.FAILED_PRECONDITION,
            "cannot remove container \"%s\": container is running: stop the container before removing or force remove"),
    REMOVE_PAUSED(
            409,
            Status.Code.FAILED_PRECONDITION,
            "cannot remove container \"%s\": container is paused and must be unpaused first"),
    REMOVAL_IN_PROGRESS(409, Status.Code.FAILED_PRECONDITION, "removal of container %s is already in progress"),
    /** Reference, short container id, short image id. */
    IMAGE_IN_USE(
            409,
            Status.Code.FAILED_PRECONDITION,
            "conflict: unable to remove repository reference \"%s\" (must force) - container %s is using its referenced"
                    + " image %s"),
    /** Short image id, short container id. */
    IMAGE_RUNNING(
            409,
            Status.Code.FAILED_PRECONDITION,
            "conflict: unable to delete %s (cannot be forced) - image is being used by running container %s"),
    IMAGE_STOPPED(
            409,
            Status.Code.FAILED_PRECONDITION,
            "conflict: unable to delete %s (must be forced) - image is being used by stopped container %s"),
    IMAGE_REFERENCED(
            409,
            Status.Code.FAILED_PRECONDITION,
            "conflict: unable to delete %s (must be forced) - image is referenced in multiple repositories"),
    /** The volume, and the full ids of the containers that refer to it. */
    VOLUME_IN_USE(409, Status.Code.FAILED_PRECONDITION, "remove %s: volume is in use - [%s]"),
    CONFLICT(409, Status.Code.FAILED_PRECONDITION, "%s"),
    /** A second start of an exec: a 409 for a detached one, else told on the stream. */
    EXEC_HAS_RUN(409, Status.Code.FAILED_PRECONDITION, "exec command %s has already run"),
    EXEC_RUNS(409, Status.Code.FAILED_PRECONDITION, "exec command %s is already running"),
    STALE_GENERATION(409, Status.Code.FAILED_PRECONDITION, "container %s: generation %s is older than %s"),

    // files of a container
    NO_DIRECTORY_TO_EXTRACT(400, Status.Code.INVALID_ARGUMENT, "extraction point is not a directory"),
    ROOT_READ_ONLY(400, Status.Code.INVALID_ARGUMENT, "container rootfs is marked read-only"),
    MOUNT_READ_ONLY(400, Status.Code.INVALID_ARGUMENT, "mounted volume is marked read-only"),

    // a program that cannot be started; the start answers 400, the CLI exits with 127 or 126
    EXECUTABLE_NOT_FOUND(
            400,
            Status.Code.INVALID_ARGUMENT,
            "failed to create task for container: exec: \"%s\": executable file not found in $PATH"),
    /** The path, and why in Go's words: "permission denied", "is a directory: permission denied", "no such file or directory". */
    EXECUTABLE_NOT_STARTED(400, Status.Code.INVALID_ARGUMENT, "failed to create task for container: exec: \"%s\": %s"),
    /** Why, as for a container's first program; also told on the stream of an attached exec. */
    EXEC_NOT_STARTED(
            400,
            Status.Code.INVALID_ARGUMENT,
            "OCI runtime exec failed: exec failed: unable to start container process: %s"),

    // what failed inside
    EXEC_FAILED(
            500, Status.Code.INTERNAL, "OCI runtime exec failed: exec failed: unable to start container process: %s"),
    USER_NOT_FOUND(500, Status.Code.INVALID_ARGUMENT, "unable to find user %s: no matching entries in passwd file"),
    GROUP_NOT_FOUND(500, Status.Code.INVALID_ARGUMENT, "unable to find group %s: no matching entries in group file"),
    START_FAILED(500, Status.Code.INTERNAL, "failed to create task for container: %s"),
    /** The container's name, the endpoint's id, the host's address and port. */
    PORT_ALLOCATED(
            500,
            Status.Code.ALREADY_EXISTS,
            "failed to set up container networking: driver failed programming external connectivity on endpoint %s (%s):"
                    + " Bind for %s:%s failed: port is already allocated"),
    /** As {@link #PORT_ALLOCATED}, then the container's address and {@code port/protocol}: a process of the host listens there. */
    PORT_IN_USE(
            500,
            Status.Code.FAILED_PRECONDITION,
            "failed to set up container networking: driver failed programming external connectivity on endpoint %s (%s):"
                    + " failed to bind host port %s:%s:%s:%s: address already in use"),
    NETWORKING_FAILED(500, Status.Code.INTERNAL, "failed to set up container networking: %s"),
    NETWORKING_REFUSED(400, Status.Code.INVALID_ARGUMENT, "failed to set up container networking: %s"),
    NETWORKING_NOT_FOUND(404, Status.Code.NOT_FOUND, "failed to set up container networking: network %s not found"),
    LOGS_UNREADABLE(501, Status.Code.UNIMPLEMENTED, "configured logging driver does not support reading"),
    BAD_ARCHIVE(500, Status.Code.INVALID_ARGUMENT, "invalid tar archive: %s"),
    DIGEST_MISMATCH(400, Status.Code.INVALID_ARGUMENT, "digest mismatch: expected %s, got %s"),
    NO_NODE(503, Status.Code.UNAVAILABLE, "no node can run this container: %s"),
    NODE_AWAY(503, Status.Code.UNAVAILABLE, "node %s is not reachable: %s"),
    SERVICE_AWAY(503, Status.Code.UNAVAILABLE, "%s is not reachable: %s"),
    TIMED_OUT(504, Status.Code.DEADLINE_EXCEEDED, "%s did not answer in time"),
    NO_SPACE(507, Status.Code.RESOURCE_EXHAUSTED, "no space left on device: %s"),
    TOO_LARGE(413, Status.Code.RESOURCE_EXHAUSTED, "%s is larger than %s bytes"),
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
