package dev.gantry.registry.distribution;

import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.digest.InvalidDigestException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a path below {@code /v2/} is about. */
sealed interface Target {
    record Base() implements Target {}

    record Blob(String name, Digest digest) implements Target {}

    record Uploads(String name) implements Target {}

    record Upload(String name, UUID id) implements Target {}

    record Manifest(String name, String reference) implements Target {}

    record Tags(String name) implements Target {}

    Pattern NAME = Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    Pattern PATH =
            Pattern.compile("/v2/(.+)/(blobs/uploads/?|blobs/uploads/[^/]+|blobs/[^/]+|manifests/[^/]+|tags/list)");
    int MAX_NAME = 255;
    int MAX_PATH = 1024;

    /** @throws Refusal when it is no path of the specification */
    static Target parse(String path) {
        if (path.equals("/v2") || path.equals("/v2/")) {
            return new Base();
        }
        Matcher matcher = PATH.matcher(path);
        if (path.length() > MAX_PATH || !matcher.matches()) {
            throw DistributionError.NAME_UNKNOWN.because("no such resource");
        }
        return parse(name(matcher.group(1)), matcher.group(2));
    }

    private static Target parse(String name, String rest) {
        String last = rest.substring(rest.lastIndexOf('/') + 1);
        if (rest.startsWith("blobs/uploads")) {
            return last.isEmpty() || last.equals("uploads") ? new Uploads(name) : new Upload(name, id(last));
        }
        if (rest.startsWith("blobs/")) {
            return new Blob(name, digest(last));
        }
        return rest.startsWith("tags/") ? new Tags(name) : new Manifest(name, last);
    }

    private static String name(String text) {
        if (text.length() > MAX_NAME || !NAME.matcher(text).matches()) {
            throw DistributionError.NAME_INVALID.because("invalid repository name");
        }
        return text;
    }

    /** @throws Refusal {@code DIGEST_INVALID} */
    static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (InvalidDigestException e) {
            throw DistributionError.DIGEST_INVALID.because(String.valueOf(e.getMessage()));
        }
    }

    private static UUID id(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // answered below, like an id that nobody has
        }
        throw DistributionError.BLOB_UPLOAD_UNKNOWN.because("no such upload");
    }
}
