package dev.gantry.gateway.api;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.api.ApiVersion;
import dev.gantry.contracts.error.ErrorCode;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * One request, its operation found.
 *
 * @param name the variable part of the path, decoded; empty where the pattern has none
 * @param header a header's value by its name, empty where it is absent
 * @param bodyLength as the client declared it; -1 when it is chunked
 * @param body all of it, for operations that take a small one; else empty
 */
public record Call(
        ApiVersion version, String name, Query query, UnaryOperator<String> header, long bodyLength, ByteString body) {

    /** Whether the client speaks an API older than {@code 1.minor}. */
    public boolean before(int minor) {
        return version.before(minor);
    }

    /** The body of an operation that takes JSON. Its type counts only when there is a body: then it must be JSON. */
    public byte[] json() {
        var type = header.apply("Content-Type");
        if (bodyLength != 0 && !mediaType(type).equals("application/json")) {
            throw ErrorCode.UNSUPPORTED_CONTENT_TYPE.with(type);
        }
        return body.toByteArray();
    }

    private static String mediaType(String contentType) {
        var end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
