package dev.gantry.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** One engine under test and the API calls that the scenarios are made of. */
final class Engine implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/v1.41";

    private final String name;
    private final Path socket;
    private final UnixHttp http;

    private Engine(String name, Path socket, UnixHttp http) {
        this.name = name;
        this.socket = socket;
        this.http = http;
    }

    /** Connects and asks who it is. */
    static Engine at(Path socket) throws IOException {
        var http = new UnixHttp(socket);
        var version = JSON.readTree(http.call("GET", "/version", "").body());
        var platform = version.path("Platform").path("Name").asText("");
        var name = platform.isBlank() ? "Docker" : platform.split(" ", 2)[0];
        return new Engine(name + " " + version.path("Version").asText(), socket, http);
    }

    String name() {
        return name;
    }

    String host() {
        return "unix://" + socket;
    }

    /** Another connection to the same engine, for calls side by side. */
    Engine another() throws IOException {
        return new Engine(name, socket, new UnixHttp(socket));
    }

    /** A connection on which the creation of containers is told. */
    UnixHttp creations() throws IOException {
        var events = new UnixHttp(socket);
        events.follow(
                API + "/events?filters=%7B%22type%22%3A%5B%22container%22%5D%2C%22event%22%3A%5B%22create%22%5D%7D");
        return events;
    }

    String create(String image, String network, String... command) throws IOException {
        var body = JSON.writeValueAsString(
                Map.of("Image", image, "Cmd", command, "HostConfig", Map.of("NetworkMode", network)));
        return JSON.readTree(expect(201, "POST", "/containers/create", body))
                .path("Id")
                .asText();
    }

    void start(String id) throws IOException {
        expect(204, "POST", "/containers/" + id + "/start", "");
    }

    void await(String id) throws IOException {
        expect(200, "POST", "/containers/" + id + "/wait", "");
    }

    void remove(String id) throws IOException {
        expect(204, "DELETE", "/containers/" + id + "?force=1", "");
    }

    private String expect(int status, String method, String path, String body) throws IOException {
        var answer = http.call(method, API + path, body);
        if (answer.status() != status) {
            throw new IOException(
                    name + ": " + method + " " + path + " answered " + answer.status() + " " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
