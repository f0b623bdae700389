package dev.gantry.contracts.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request and its answer.
 *
 * @param number from 1, as the recording counts; some are left out
 * @param version of the API in the path, empty when it has none
 * @param path without version and query
 * @param rawQuery as it was sent, without the question mark
 * @param query decoded; of a repeated name the last value
 * @param request the request's body; empty when there was none
 * @param status 101 where the connection was upgraded
 */
public record Exchange(
        int number,
        String method,
        String version,
        String path,
        String rawQuery,
        Map<String, String> query,
        Map<String, String> requestHeaders,
        Body request,
        int status,
        Map<String, String> responseHeaders,
        Body response,
        Optional<Hijacked> hijacked) {
    private static final Pattern TARGET = Pattern.compile("(?:/v([0-9.]+))?(/[^?]*)(?:\\?(.*))?", Pattern.DOTALL);
    private static final Pattern SAME = Pattern.compile("\\.\\.\\. \\(as in exchange (\\d+)\\)");

    /** What followed an upgrade, or a 200 that took over the connection: the JSON of both directions as recorded. */
    public record Hijacked(JsonNode clientToEngine, JsonNode engineToClient) {}

    /** A body that is one JSON document is {@code JSON}; {@code kind} names the others: text, json-stream, multiplexed, raw, tar. */
    public record Body(String kind, JsonNode json) {
        public static final String JSON = "json";

        public boolean isJson() {
            return kind.equals(JSON);
        }

        public boolean isEmpty() {
            return json.isMissingNode();
        }

        /** The text of a body of kind text. */
        public String text() {
            return json.path("text").asText();
        }

        /** Docker's {@code message}, when this is an error. */
        public String message() {
            return isJson() ? json.path("message").asText() : text().strip();
        }
    }

    public String target() {
        return (version.isEmpty() ? "" : "/v" + version) + path + (rawQuery.isEmpty() ? "" : "?" + rawQuery);
    }

    static Exchange read(JsonNode json, JsonNode all) {
        Matcher target = TARGET.matcher(json.path("path").asText());
        if (!target.matches()) {
            throw new IllegalArgumentException("path: " + json.path("path"));
        }
        String query = orEmpty(target.group(3));
        return new Exchange(
                json.path("n").asInt(),
                json.path("method").asText(),
                orEmpty(target.group(1)),
                target.group(2),
                query,
                query(query),
                headers(json.path("request_headers")),
                body(json, "request_body", all),
                json.path("status").asInt(),
                headers(json.path("response_headers")),
                body(json, "response_body", all),
                hijacked(json.path("hijacked")));
    }

    private static Body body(JsonNode json, String field, JsonNode all) {
        JsonNode body = json.path(field);
        Matcher same = SAME.matcher(body.isTextual() ? body.asText() : "");
        if (same.matches()) {
            return body(exchange(all, Integer.parseInt(same.group(1))), field, all);
        }
        String kind = json.path(field + "_kind").asText(Body.JSON);
        return new Body(kind.isEmpty() ? Body.JSON : kind, body);
    }

    private static JsonNode exchange(JsonNode all, int number) {
        for (JsonNode exchange : all) {
            if (exchange.path("n").asInt() == number) {
                return exchange;
            }
        }
        throw new IllegalArgumentException("no exchange " + number);
    }

    /** Headers that were "as in 001, exchange 1" are left empty. */
    private static Map<String, String> headers(JsonNode json) {
        Map<String, String> headers = new LinkedHashMap<>();
        json.properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return headers;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                query.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static Optional<Hijacked> hijacked(JsonNode json) {
        return json.isObject()
                ? Optional.of(new Hijacked(json.path("client_to_engine"), json.path("engine_to_client")))
                : Optional.empty();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }
}
