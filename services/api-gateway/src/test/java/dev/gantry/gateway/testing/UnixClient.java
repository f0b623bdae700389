package dev.gantry.gateway.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A client of bytes on a unix socket. Every read ends, at the latest after ten seconds with an exception. */
public final class UnixClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(256 << 10).flip();

    /** @param headers by lower-case name */
    public record Response(int status, String reason, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
        }
    }

    UnixClient(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        channel.configureBlocking(false);
        selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    public UnixClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public UnixClient send(byte[] bytes) throws IOException {
        var left = ByteBuffer.wrap(bytes);
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (left.hasRemaining()) {
            if (channel.write(left) == 0) {
                Thread.onSpinWait();
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("not taken in time: " + left.remaining() + " bytes left");
            }
        }
        return this;
    }

    /** As many bytes as the other side takes before it stops taking for a while. */
    public long sendUntilItStalls(byte[] piece, long most) throws IOException {
        long sent = 0;
        var progress = System.nanoTime();
        while (sent < most && System.nanoTime() - progress < 500_000_000) {
            var count = channel.write(ByteBuffer.wrap(piece));
            if (count > 0) {
                sent += count;
                progress = System.nanoTime();
            }
        }
        return sent;
    }

    public UnixClient request(String method, String target, String... headers) throws IOException {
        var lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return send(method + " " + target + " HTTP/1.1\r\nHost: d\r\n" + lines + "\r\n");
    }

    public UnixClient post(String target, String body) throws IOException {
        request(
                "POST",
                target,
                "Content-Type: application/json",
                "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        return send(body.getBytes(StandardCharsets.UTF_8));
    }

    /** The next answer, its body complete. */
    public Response response(boolean bodyless) throws IOException {
        var head = head();
        return new Response(head.status(), head.reason(), head.headers(), bodyless ? "" : body(head));
    }

    public Response get(String target) throws IOException {
        return request("GET", target).response(false);
    }

    /** The next head alone. */
    public Response head() throws IOException {
        var status = line().split(" ", 3);
        var headers = new TreeMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Response(Integer.parseInt(status[1]), status.length > 2 ? status[2] : "", headers, "");
    }

    private String body(Response head) throws IOException {
        if (head.header("Transfer-Encoding").equals("chunked")) {
            var whole = new StringBuilder();
            for (var chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
                whole.append(chunk);
            }
            return whole.toString();
        }
        var length = head.header("Content-Length");
        return head.status() == 204 || head.status() == 304 || length.isEmpty() ? "" : read(Integer.parseInt(length));
    }

    /** The next chunk of a chunked body; empty at its end. */
    public String chunk() throws IOException {
        var size = Integer.parseInt(line(), 16);
        var bytes = read(size);
        line();
        return bytes;
    }

    public String read(int count) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var i = 0; i < count; i++) {
            bytes.write(next());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    public String readToEnd() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var c = nextOrEnd(); c >= 0; c = nextOrEnd()) {
            bytes.write(c);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var c = next(); c != '\n'; c = next()) {
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    private int next() throws IOException {
        var c = nextOrEnd();
        if (c < 0) {
            throw new EOFException("the engine closed the connection");
        }
        return c;
    }

    private int nextOrEnd() throws IOException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!buffer.hasRemaining()) {
            buffer.clear();
            var count = channel.read(buffer);
            buffer.flip();
            if (count < 0) {
                return -1;
            }
            if (count == 0) {
                await(deadline);
            }
        }
        return buffer.get() & 0xff;
    }

    /** Until it is so, at the latest after ten seconds with a failure. */
    public static void await(String what, BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + what);
            }
            LockSupport.parkNanos(500_000); // between two looks, not instead of one
        }
    }

    private void await(long deadline) throws IOException {
        var left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new IOException("the engine said nothing for " + PATIENCE);
        }
        selector.select(left);
        selector.selectedKeys().clear();
    }

    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
