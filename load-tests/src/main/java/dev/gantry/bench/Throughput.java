package dev.gantry.bench;

import dev.gantry.bench.CreateRequest.Publication;
import dev.gantry.bench.Scenario.Row;
import dev.gantry.bench.Scenario.Subject;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a client on the host reads from a published port: BusyBox's httpd sends a file on tmpfs by sendfile(2). */
record Throughput(CreateRequest container, List<String> addresses) implements Scenario.Setup {
    private static final int PORT = 5000;
    private static final int FILE_MIB = 256;
    private static final long FILE = (long) FILE_MIB << 20;
    private static final int FILES = 4;
    private static final int BUFFER = 256 << 10;
    private static final byte[] GET = "GET /zeros HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration SERVER_IS_UP = Duration.ofSeconds(30);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

    /** By loopback and, on a host that has one, by the address that it shows to others. */
    static Throughput of(String image, String network) {
        var container = CreateRequest.of(
                        image,
                        network,
                        "sh",
                        "-c",
                        "busybox dd if=/dev/zero of=/www/zeros bs=1M count=" + FILE_MIB
                                + " && exec busybox httpd -f -p " + PORT + " -h /www")
                .withTmpfs("/www", "size=" + 2 * FILE_MIB + "m");
        var addresses = new ArrayList<>(List.of("127.0.0.1"));
        addresses.addAll(own());
        return new Throughput(container, addresses);
    }

    List<Row> rows() {
        return addresses.stream()
                .map(address -> new Row("reading 1 GiB from a port published on " + address, "MB/s", false))
                .toList();
    }

    @Override
    public Subject on(Engine engine) throws Exception {
        var id = engine.create(container.publishing(addresses.stream()
                .map(address -> new Publication(PORT, address, 0))
                .toList()));
        engine.start(id);
        var ports = new ArrayList<InetSocketAddress>();
        for (var address : addresses) {
            ports.add(engine.published(id, PORT).stream()
                    .filter(port -> port.getAddress().getHostAddress().equals(address))
                    .findFirst()
                    .orElseThrow(() -> new IOException("nothing is published on " + address)));
        }
        for (var port : ports) {
            awaitFile(port);
        }
        return () -> {
            var rates = new ArrayList<Double>();
            for (var port : ports) {
                rates.add(megabytesPerSecond(port));
            }
            return rates;
        };
    }

    private static double megabytesPerSecond(SocketAddress port) throws IOException {
        var begin = Stopwatch.start();
        var bytes = 0L;
        for (var i = 0; i < FILES; i++) {
            bytes += read(port);
        }
        return begin.megabytesPerSecond(bytes);
    }

    private static void awaitFile(SocketAddress port) throws IOException, InterruptedException {
        var begin = Stopwatch.start();
        while (true) {
            try {
                read(port);
                return;
            } catch (IOException e) {
                if (begin.millis() > SERVER_IS_UP.toMillis()) {
                    throw e;
                }
                Thread.sleep(BETWEEN_ATTEMPTS);
            }
        }
    }

    private static long read(SocketAddress port) throws IOException {
        try (var channel = SocketChannel.open(port)) {
            channel.write(ByteBuffer.wrap(GET));
            var buffer = ByteBuffer.allocateDirect(BUFFER);
            var bytes = 0L;
            for (var some = channel.read(buffer); some >= 0; some = channel.read(buffer.clear())) {
                bytes += some;
            }
            if (bytes < FILE) {
                throw new IOException(port + ": " + bytes + " bytes instead of " + FILE);
            }
            return bytes;
        }
    }

    private static List<String> own() {
        try (var socket = new DatagramSocket()) {
            // sends nothing: the kernel says which of its addresses it would use
            socket.connect(new InetSocketAddress("8.8.8.8", 53));
            var address = socket.getLocalAddress();
            return address.isAnyLocalAddress() ? List.of() : List.of(address.getHostAddress());
        } catch (SocketException e) {
            return List.of(); // no way out, no such address
        }
    }
}
