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

/** Two calls of the Docker API over its unix socket, in HTTP/1.0, so that the answer ends with the connection. */
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

    private String call(String method, String path) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            var request = method + " " + path + " HTTP/1.0\r\nHost: gantry\r\nContent-Length: 0\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
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
