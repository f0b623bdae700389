package dev.gantry.linux.capability;

/** A capability that does not exist or that this host cannot give; the message is Docker's, for the client. */
public final class InvalidCapabilityException extends IllegalArgumentException {
    InvalidCapabilityException(String message) {
        super(message);
    }
}
