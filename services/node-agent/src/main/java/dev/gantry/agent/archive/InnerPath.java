package dev.gantry.agent.archive;

import dev.gantry.contracts.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A path inside a container as a user wrote it, made absolute and cleaned as Go's {@code filepath.Clean} does: {@code ..} takes the name
 * before it away, links or not.
 *
 * @param parts no {@code .}, no {@code ..}, none empty; the root has none
 * @param directory whether the user wants a directory, by {@code /} or {@code /.} at the end: a link there is followed
 * @param dotted whether it ends in {@code /.}, which gives the content the name {@code .}
 */
record InnerPath(List<String> parts, boolean directory, boolean dotted) {
    private static final int LONGEST = 4095; // PATH_MAX without its NUL

    InnerPath {
        parts = List.copyOf(parts);
    }

    static InnerPath parse(String text) {
        if (text.length() > LONGEST || text.indexOf('\0') >= 0) {
            throw ErrorCode.INVALID_PARAMETER.with("path is longer than " + LONGEST + " bytes or holds a NUL byte");
        }
        boolean dotted = text.equals(".") || text.endsWith("/.");
        return new InnerPath(cleaned(List.of(), text), dotted || text.endsWith("/"), dotted);
    }

    private static List<String> cleaned(List<String> from, String text) {
        List<String> parts = new ArrayList<>(text.startsWith("/") ? List.of() : from);
        for (String part : text.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.removeLast();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }

    boolean isRoot() {
        return parts.isEmpty();
    }

    /** Where a link at this path leads. */
    InnerPath linked(String target) {
        return new InnerPath(cleaned(parts.subList(0, parts.size() - 1), target), false, false);
    }

    /** What an archive of it calls it. */
    String name() {
        if (dotted) {
            return ".";
        }
        return isRoot() ? "/" : parts.getLast();
    }

    /** Relative to the root, as openat2(2) takes it. */
    String relative() {
        return isRoot() ? "." : String.join("/", parts);
    }

    InnerPath parent() {
        return new InnerPath(parts.subList(0, Math.max(0, parts.size() - 1)), true, false);
    }

    /** The last name, ended by NUL; not of the root. */
    byte[] last() {
        return (parts.getLast() + "\0").getBytes(StandardCharsets.UTF_8);
    }

    /** What is left of it below {@code mount}; nothing when it is elsewhere. */
    java.util.Optional<InnerPath> below(InnerPath mount) {
        boolean inside = parts.size() >= mount.parts.size()
                && parts.subList(0, mount.parts.size()).equals(mount.parts);
        return inside
                ? java.util.Optional.of(
                        new InnerPath(parts.subList(mount.parts.size(), parts.size()), directory, dotted))
                : java.util.Optional.empty();
    }

    /** The same below a directory: one in a volume is its users' to change, so it is resolved with the rest and never on the host. */
    InnerPath under(String directory) {
        var all = new ArrayList<>(cleaned(List.of(), "/" + directory));
        all.addAll(parts);
        return new InnerPath(all, this.directory, dotted);
    }

    @Override
    public String toString() {
        return "/" + String.join("/", parts);
    }
}
