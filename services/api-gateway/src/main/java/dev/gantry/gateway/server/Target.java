package dev.gantry.gateway.server;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.gateway.api.Escapes;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request line asks for.
 *
 * @param path decoded
 * @param version as the path begins with it, {@code 1.51}; nothing where it names none
 * @param operation the path without its version
 * @param query still encoded
 */
record Target(String path, Optional<String> version, String operation, String query) {
    private static final Pattern VERSIONED = Pattern.compile("/v([0-9.]+)(/.*)");

    static Target parse(String uri) {
        var question = uri.indexOf('?');
        var raw = question < 0 ? uri : uri.substring(0, question);
        if (!raw.startsWith("/")) {
            throw ErrorCode.INVALID_PARAMETER.with("the request's target is not a path");
        }
        var path = Escapes.path(raw);
        var query = question < 0 ? "" : uri.substring(question + 1);
        var versioned = VERSIONED.matcher(path);
        return versioned.matches()
                ? new Target(path, Optional.of(versioned.group(1)), versioned.group(2), query)
                : new Target(path, Optional.empty(), path, query);
    }

    /** Where the same path is without {@code //}, {@code .} and {@code ..}, if it has any: the engine sends clients there. */
    Optional<String> cleanLocation(String uri) {
        var raw = uri.substring(0, uri.length() - (query.isEmpty() ? 0 : query.length() + 1));
        var clean = clean(raw);
        return clean.equals(raw) ? Optional.empty() : Optional.of(query.isEmpty() ? clean : clean + "?" + query);
    }

    private static String clean(String path) {
        if (!path.contains("//") && !path.contains("/.")) {
            return path;
        }
        var segments = new ArrayDeque<String>();
        for (var segment : path.split("/", -1)) {
            switch (segment) {
                case "", "." -> {}
                case ".." -> segments.pollLast();
                default -> segments.addLast(segment);
            }
        }
        var end = path.endsWith("/") && !segments.isEmpty() ? "/" : "";
        return "/" + String.join("/", segments) + end;
    }
}
