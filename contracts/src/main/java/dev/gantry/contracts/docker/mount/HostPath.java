package dev.gantry.contracts.docker.mount;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Paths as Go's {@code path} package has them. */
final class HostPath {
    private HostPath() {}

    /** Without empty, {@code .} and {@code ..} parts, as {@code path.Clean} makes it; a relative one stays relative. */
    static String clean(String path) {
        boolean absolute = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/+")) {
            if (part.equals("..")
                    && (absolute || (!parts.isEmpty() && !parts.getLast().equals("..")))) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", parts);
        return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
    }

    /** Whether it stays below where it begins, as {@code filepath.IsLocal} asks. */
    static boolean local(String path) {
        String clean = clean(path);
        return !path.startsWith("/") && !clean.equals("..") && !clean.startsWith("../");
    }

    /** How deep it lies: what is mounted deeper is mounted later. */
    static int depth(String path) {
        return (int) Arrays.stream(clean(path).split("/"))
                .filter(part -> !part.isEmpty())
                .count();
    }
}
