package dev.gantry.oci.digest;

/** A text is no digest. The message is meant for the user. */
public final class InvalidDigestException extends IllegalArgumentException {
    public InvalidDigestException(String message) {
        super(message);
    }
}
