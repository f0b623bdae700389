package dev.gantry.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers requests without bodies: what it is told to answer, else 204. */
final class FakeEngine implements AutoCloseable {
    record Reply(int status, String body) {}

    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final Map<String, Reply> replies;
    private final Path socket;
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** @param replies by the beginning of {@code METHOD path}; the longest counts */
    FakeEngine(Path socket, Map<String, Reply> replies) throws IOException {
        this.socket = socket;
        this.replies = replies;
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    Engine engine(int position) throws IOException {
        return Engine.at(socket, position);
    }

    private void serve() {
        try {
            while (true) {
                var client = server.accept();
                Thread.ofVirtual().start(() -> answer(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void answer(SocketChannel client) {
        try (client;
                var in = new BufferedReader(Channels.newReader(client, StandardCharsets.US_ASCII))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.endsWith(" HTTP/1.1")) {
                    requests.add(line.replace(" HTTP/1.1", ""));
                } else if (line.isEmpty()) {
                    client.write(ByteBuffer.wrap(text(reply(requests.getLast())).getBytes(StandardCharsets.US_ASCII)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply reply(String request) {
        return replies.entrySet().stream()
                .filter(entry -> request.startsWith(entry.getKey()))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(new Reply(204, ""));
    }

    private static String text(Reply reply) {
        return "HTTP/1.1 " + reply.status() + " Word\r\nContent-Length: "
                + reply.body().length() + "\r\n\r\n" + reply.body();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
