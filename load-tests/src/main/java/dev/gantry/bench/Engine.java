package dev.gantry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One engine under test and the API calls that the scenarios are made of. */
final class Engine implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/v1.41";

    private final String name;
    private final int position;
    private final Path socket;
    private final UnixHttp http;

    private Engine(String name, int position, Path socket, UnixHttp http) {
        this.name = name;
        this.position = position;
        this.socket = socket;
        this.http = http;
    }

    /**
     * Connects and asks who it is.
     *
     * @param position among the engines of this run, from 0
     */
    static Engine at(Path socket, int position) throws IOException {
        var http = new UnixHttp(socket);
        var version = JSON.readTree(http.call("GET", "/version", "").body());
        var platform = version.path("Platform").path("Name").asText("");
        var name = platform.isBlank() ? "Docker" : platform.split(" ", 2)[0];
        return new Engine(name + " " + version.path("Version").asText(), position, socket, http);
    }

    String name() {
        return name;
    }

    int position() {
        return position;
    }

    String host() {
        return "unix://" + socket;
    }

    /** Another connection to the same engine. */
    Engine another() throws IOException {
        return new Engine(name, position, socket, new UnixHttp(socket));
    }

    /** A connection on which the creation of containers is told. */
    UnixHttp creations() throws IOException {
        var events = new UnixHttp(socket);
        events.follow(API + "/events?filters=" + UnixHttp.encoded("{\"type\":[\"container\"],\"event\":[\"create\"]}"));
        return events;
    }

    boolean hasNetwork(String network) throws IOException {
        return http.call("GET", API + "/networks/" + network, "").status() == 200;
    }

    String create(CreateRequest request) throws IOException {
        return read(expect(201, "POST", "/containers/create", JSON.writeValueAsString(request.json())))
                .path("Id")
                .asText();
    }

    void start(String id) throws IOException {
        expect(204, "POST", "/containers/" + id + "/start", "");
    }

    /** Without a grace period. */
    void stop(String id) throws IOException {
        expect(204, "POST", "/containers/" + id + "/stop?t=0", "");
    }

    void await(String id) throws IOException {
        expect(200, "POST", "/containers/" + id + "/wait", "");
    }

    void remove(String id) throws IOException {
        expect(204, "DELETE", "/containers/" + id + "?force=1", "");
    }

    /** Every container that a benchmark has left. */
    void removeAll() throws IOException {
        var filters = UnixHttp.encoded("{\"label\":[\"" + CreateRequest.LABEL + "\"]}");
        for (var left : read(expect(200, "GET", "/containers/json?all=1&filters=" + filters, ""))) {
            remove(left.path("Id").asText());
        }
    }

    /**
     * Runs a command in a container that runs, attached, as the CLI does: the stream comes on a connection of its own.
     *
     * @return its exit code
     */
    int exec(String id, String... command) throws IOException {
        var request = Map.of("AttachStdout", true, "AttachStderr", true, "Cmd", command);
        var exec = read(expect(201, "POST", "/containers/" + id + "/exec", JSON.writeValueAsString(request)))
                .path("Id")
                .asText();
        try (var stream = new UnixHttp(socket)) {
            stream.upgrade(API + "/exec/" + exec + "/start", "{\"Detach\":false,\"Tty\":false}");
        }
        var path = "/exec/" + exec + "/json";
        var state = read(expect(200, "GET", path, ""));
        while (state.path("Running").asBoolean()) { // Docker may end the stream before it knows of the exit
            state = read(expect(200, "GET", path, ""));
        }
        return state.path("ExitCode").asInt(-1);
    }

    /** Where a port of a container that runs is published, in the order in which the engine tells. */
    List<InetSocketAddress> published(String id, int port) throws IOException {
        var published = new ArrayList<InetSocketAddress>();
        var inspected = read(expect(200, "GET", "/containers/" + id + "/json", ""));
        for (var binding : inspected.path("NetworkSettings").path("Ports").path(port + "/tcp")) {
            published.add(new InetSocketAddress(
                    binding.path("HostIp").asText(), binding.path("HostPort").asInt()));
        }
        return published;
    }

    private static JsonNode read(String json) throws IOException {
        return JSON.readTree(json);
    }

    private String expect(int status, String method, String path, String body) throws IOException {
        var answer = http.call(method, API + path, body);
        if (answer.status() != status) {
            throw new IOException(method + " " + path + " answered " + answer.status() + " " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
