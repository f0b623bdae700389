package dev.gantry.launcher.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The few calls of the Docker API that the launcher makes, over its unix socket, in HTTP/1.0, so that the answer ends with the connection. */
public record ContainerApi(Path socket) {
    private static final int BUFFER = 1 << 16;
    private static final String HEAD_END = "\r\n\r\n";

    /** The ids of the running containers. */
    public List<String> running() throws IOException {
        var ids = new ArrayList<String>();
        for (var container : new ObjectMapper().readTree(call("GET", "/containers/json"))) {
            ids.add(container.path("Id").asText());
        }
        return ids;
    }

    /** Returns when the container has ended. */
    public void stop(String id) throws IOException {
        call("POST", "/containers/" + id + "/stop");
    }

    /** @param tar of the image's root, a few kilobytes of it */
    public void importImage(String name, byte[] tar) throws IOException {
        call("POST", "/images/create?fromSrc=-&repo=" + name, tar);
    }

    public void removeImage(String name) throws IOException {
        call("DELETE", "/images/" + name);
    }

    /** @return the container's id */
    public String create(String body) throws IOException {
        var created = call("POST", "/containers/create", body.getBytes(StandardCharsets.UTF_8));
        return new ObjectMapper().readTree(created).path("Id").asText();
    }

    public void start(String id) throws IOException {
        call("POST", "/containers/" + id + "/start");
    }

    /** Returns when the container has ended. */
    public void await(String id) throws IOException {
        call("POST", "/containers/" + id + "/wait");
    }

    public String inspect(String id) throws IOException {
        return call("GET", "/containers/" + id + "/json");
    }

    public String logs(String id) throws IOException {
        return call("GET", "/containers/" + id + "/logs?stdout=1");
    }

    public void remove(String id) throws IOException {
        call("DELETE", "/containers/" + id + "?force=1");
    }

    private String call(String method, String path) throws IOException {
        return call(method, path, new byte[0]);
    }

    private String call(String method, String path, byte[] content) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            var head = method + " " + path + " HTTP/1.0\r\nHost: gantry\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + content.length + HEAD_END;
            channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            for (var rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            return body(method + " " + path, readAll(channel));
        }
    }

    private static String body(String call, String answer) throws IOException {
        var end = answer.indexOf(HEAD_END);
        var status = answer.split(" ", 3);
        if (end < 0 || status.length < 2 || !status[1].matches("2\\d\\d|304")) {
            throw new IOException(
                    call + " answered " + answer.lines().findFirst().orElse("nothing"));
        }
        return answer.substring(end + HEAD_END.length());
    }

    private static String readAll(SocketChannel channel) throws IOException {
        var all = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(BUFFER);
        while (channel.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
