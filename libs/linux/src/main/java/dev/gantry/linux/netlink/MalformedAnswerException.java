package dev.gantry.linux.netlink;

/** An answer that does not keep to netlink's format, or is longer than any we ask for. */
public final class MalformedAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MalformedAnswerException(String message) {
        super("netlink: " + message);
    }
}
