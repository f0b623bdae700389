package dev.gantry.oci.reference;

/** A text is no reference. The message is Docker's, for the user. */
public final class InvalidReferenceException extends IllegalArgumentException {
    public InvalidReferenceException(String message) {
        super(message);
    }

    static InvalidReferenceException format(String detail) {
        return new InvalidReferenceException("invalid reference format" + (detail.isEmpty() ? "" : ": " + detail));
    }
}
