package dev.gantry.contracts.error;

/** An error from the catalogue. Its message is meant for the client: it names the name, path, digest or errno. */
public final class GantryException extends RuntimeException {
    private final ErrorCode code;

    /** For errors that arrive with their message already made, from another service. */
    public GantryException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** The same error, remembering what it came from for the log. */
    public GantryException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    /**
     * The same error with words before its own, as Docker chains them: {@code Error when allocating new name: }, {@code cannot kill
     * container: c1: }, {@code failed to set up container networking: }.
     */
    public GantryException after(String prefix) {
        GantryException chained = new GantryException(code, prefix + getMessage());
        chained.initCause(this);
        return chained;
    }
}
