package dev.gantry.registry.distribution;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a blob (RFC 9110, 14.1.2), both ends included.
 *
 * @param last at least first
 */
record ByteRange(long first, long last) {
    private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");
    private static final Pattern UPLOAD = Pattern.compile("(?:bytes )?([0-9]{1,18})-([0-9]{1,18})(?:/(?:[0-9]+|\\*))?");

    long length() {
        return last - first + 1;
    }

    /**
     * What a request's {@code Range} asks for. Several ranges, other units and what is malformed are ignored, as the RFC allows.
     *
     * @throws Refusal when no byte of the blob is in it
     */
    static Optional<ByteRange> requested(String header, long size) {
        Matcher matcher = SINGLE.matcher(header);
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        boolean suffix = matcher.group(1).isEmpty();
        long from = suffix ? size - Math.min(size, number(matcher.group(2))) : number(matcher.group(1));
        long to = suffix || matcher.group(2).isEmpty() ? size - 1 : Math.min(size - 1, number(matcher.group(2)));
        if (!suffix && !matcher.group(2).isEmpty() && number(matcher.group(2)) < from) {
            return Optional.empty();
        }
        if (from >= size || to < from) {
            throw DistributionError.RANGE_INVALID.because("range not satisfiable");
        }
        return Optional.of(new ByteRange(from, to));
    }

    /** The {@code Content-Range} of a chunk: {@code <first>-<last>} of the specification, or RFC 9110's form. */
    static ByteRange ofChunk(String header) {
        Matcher matcher = UPLOAD.matcher(header);
        if (!matcher.matches() || number(matcher.group(2)) < number(matcher.group(1))) {
            throw DistributionError.BLOB_UPLOAD_INVALID.because("malformed Content-Range");
        }
        return new ByteRange(number(matcher.group(1)), number(matcher.group(2)));
    }

    private static long number(String digits) {
        return Long.parseLong(digits);
    }
}
