package dev.gantry.contracts.docker;

/** What Go's parser says of a malformed document. */
final class GoSyntax {
    private GoSyntax() {}

    static String complaint(byte[] json) {
        return "unexpected EOF";
    }
}
