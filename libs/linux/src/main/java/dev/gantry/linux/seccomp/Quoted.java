package dev.gantry.linux.seccomp;

/** A stranger's words, fit for a message. */
final class Quoted {
    private Quoted() {}

    static String bounded(String text) {
        var head = text.length() > 64 ? text.substring(0, 64) + "..." : text;
        return head.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
