package dev.gantry.oci.reference;

import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.digest.InvalidDigestException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A normalised name with tag or digest or both: {@code busybox} is {@code docker.io/library/busybox:latest}. The grammar, its limits and its
 * words for what is wrong are those of github.com/distribution/reference.
 *
 * @param domain with port: {@code docker.io}, {@code localhost:5000}
 * @param path below the domain: {@code library/busybox}
 */
public record ImageReference(String domain, String path, Optional<String> tag, Optional<Digest> digest) {
    public static final String LATEST = "latest";
    private static final String DEFAULT_DOMAIN = "docker.io";
    private static final String OLD_DEFAULT_DOMAIN = "index.docker.io";
    private static final String OFFICIAL = "library/";
    /** Of the whole name, domain included (reference.RepositoryNameTotalLengthMax). */
    private static final int MAX_NAME = 255;
    /** Nothing longer is looked at: name, tag and a SHA-512 fit. */
    private static final int MAX_TEXT = MAX_NAME + 1 + 128 + 1 + 7 + 128;

    private static final Pattern DOMAIN = Pattern.compile("(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
            + "(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?");
    private static final Pattern PATH =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final Pattern ID = Pattern.compile("[a-f0-9]{64}");

    /**
     * Reads what a user wrote; a name without tag and digest stays so.
     *
     * @throws InvalidReferenceException in Docker's words
     */
    public static ImageReference parse(String text) {
        if (ID.matcher(text).matches()) {
            throw new InvalidReferenceException(
                    "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings");
        }
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            throw tooLongOrEmpty(text);
        }
        int at = text.indexOf('@');
        Optional<Digest> digest = at < 0 ? Optional.empty() : Optional.of(digest(text.substring(at + 1)));
        return parse(at < 0 ? text : text.substring(0, at), digest);
    }

    private static InvalidReferenceException tooLongOrEmpty(String text) {
        return text.isEmpty() ? InvalidReferenceException.format("") : nameTooLong();
    }

    private static InvalidReferenceException nameTooLong() {
        return new InvalidReferenceException("repository name must not be more than " + MAX_NAME + " characters");
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (InvalidDigestException e) {
            String why = e.getMessage() == null ? "" : e.getMessage();
            throw (InvalidReferenceException) (why.startsWith("unsupported")
                            ? new InvalidReferenceException(why)
                            : InvalidReferenceException.format(""))
                    .initCause(e);
        }
    }

    private static ImageReference parse(String named, Optional<Digest> digest) {
        String[] split = splitDomain(named);
        String domain = split[0];
        String remainder = split[1];
        int colon = remainder.indexOf(':');
        String path = colon < 0 ? remainder : remainder.substring(0, colon);
        if (!path.equals(path.toLowerCase(java.util.Locale.ROOT))) {
            throw InvalidReferenceException.format("repository name (" + path + ") must be lowercase");
        }
        Optional<String> tag = colon < 0 ? Optional.empty() : Optional.of(remainder.substring(colon + 1));
        if (!DOMAIN.matcher(domain).matches()
                || !matches(PATH, path)
                || !tag.map(text -> matches(TAG, text)).orElse(true)) {
            throw InvalidReferenceException.format("");
        }
        if (domain.length() + 1 + path.length() > MAX_NAME) {
            throw nameTooLong();
        }
        return new ImageReference(domain, path, tag, digest);
    }

    private static boolean matches(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return text.length() <= MAX_TEXT && matcher.matches();
    }

    /** The part before the first slash is a domain when it looks like one: a dot, a colon, a capital, or {@code localhost}. */
    private static String[] splitDomain(String name) {
        int slash = name.indexOf('/');
        String first = name.substring(0, Math.max(slash, 0));
        boolean isDomain = slash >= 0
                && (first.contains(".")
                        || first.contains(":")
                        || first.equals("localhost")
                        || !first.equals(first.toLowerCase(java.util.Locale.ROOT)));
        String domain = isDomain ? first : DEFAULT_DOMAIN;
        String remainder = isDomain ? name.substring(slash + 1) : name;
        if (domain.equals(OLD_DEFAULT_DOMAIN)) {
            domain = DEFAULT_DOMAIN;
        }
        boolean official = domain.equals(DEFAULT_DOMAIN) && remainder.indexOf('/') < 0;
        return new String[] {domain, official ? OFFICIAL + remainder : remainder};
    }

    /** {@code docker.io/library/busybox}. */
    public String name() {
        return domain + "/" + path;
    }

    /** As people write it: {@code busybox}, {@code localhost:5000/app}. */
    public String familiarName() {
        if (!domain.equals(DEFAULT_DOMAIN)) {
            return name();
        }
        boolean official = path.startsWith(OFFICIAL) && path.indexOf('/', OFFICIAL.length()) < 0;
        return official ? path.substring(OFFICIAL.length()) : path;
    }

    /** With the tag {@code latest} when it has neither tag nor digest. */
    public ImageReference orLatest() {
        return tag.isPresent() || digest.isPresent() ? this : withTag(LATEST);
    }

    /** @throws InvalidReferenceException {@code invalid tag format} */
    public ImageReference withTag(String tag) {
        if (!matches(TAG, tag)) {
            throw new InvalidReferenceException("invalid tag format");
        }
        return new ImageReference(domain, path, Optional.of(tag), digest);
    }

    public boolean isNameOnly() {
        return tag.isEmpty() && digest.isEmpty();
    }

    /** {@code busybox:latest}, {@code localhost:5000/app@sha256:...}. */
    public String familiar() {
        return familiarName() + suffix();
    }

    /** The full form: {@code docker.io/library/busybox:latest}. */
    @Override
    public String toString() {
        return name() + suffix();
    }

    private String suffix() {
        return tag.map(text -> ":" + text).orElse("")
                + digest.map(text -> "@" + text).orElse("");
    }
}
