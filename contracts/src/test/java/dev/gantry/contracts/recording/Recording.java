package dev.gantry.contracts.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One recorded command.
 *
 * @param name number and words: {@code 016-run-127}
 * @param shows what is worth seeing in it
 * @param command the shell line
 */
public record Recording(String name, String shows, String command, List<Exchange> exchanges) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Every recording, in the order of their numbers. */
    public static List<Recording> all() {
        return names().stream().map(Recording::read).toList();
    }

    /** The recording with this number. */
    public static Recording numbered(int number) {
        String prefix = "%03d-".formatted(number);
        return names().stream()
                .filter(name -> name.startsWith(prefix))
                .findFirst()
                .map(Recording::read)
                .orElseThrow(() -> new IllegalArgumentException("no recording " + number));
    }

    /** The exchange with this number (from 1, some are left out). */
    public Exchange exchange(int number) {
        return exchanges.stream()
                .filter(exchange -> exchange.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no exchange " + number));
    }

    /** The exchanges of this method whose path without its version matches the expression. */
    public Stream<Exchange> exchanges(String method, String path) {
        return exchanges.stream()
                .filter(exchange ->
                        exchange.method().equals(method) && exchange.path().matches(path));
    }

    @Override
    public String toString() {
        return name;
    }

    static List<String> names() {
        try (InputStream in = open("names.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recording read(String name) {
        try (InputStream in = open(name + ".json")) {
            JsonNode json = MAPPER.readTree(in);
            JsonNode exchanges = json.path("exchanges");
            return new Recording(
                    name,
                    json.path("shows").asText(),
                    json.path("command").asText(),
                    IntStream.range(0, exchanges.size())
                            .filter(i -> exchanges.get(i).has("method"))
                            .mapToObj(i -> Exchange.read(exchanges.get(i), exchanges))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(Recording.class.getResourceAsStream("/recordings/" + file), file);
    }
}
