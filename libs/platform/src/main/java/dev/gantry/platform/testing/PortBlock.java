package dev.gantry.platform.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Free loopback ports for one test platform, below the ephemeral ports, so that no outgoing connection takes one. */
final class PortBlock {
    /** The names that services' configuration refers to as {@code gantry.port.<name>}. */
    static final List<String> NAMES = List.of(
            "kafka",
            "kafka-controller",
            "postgres",
            "scheduler-rpc",
            "image-rpc",
            "image-http",
            "registry-rpc",
            "registry-http",
            "network-rpc",
            "volume-rpc",
            "agent-rpc",
            "gateway-tcp",
            "control-plane-management",
            "gateway-management",
            "scheduler-management",
            "image-management",
            "registry-management",
            "network-management",
            "volume-management",
            "agent-management",
            "launcher-management");

    private static final int FIRST = 10_000;
    private static final int BLOCKS = 200;
    private static final int SIZE = 32;
    private static final int ATTEMPTS = 50;

    private PortBlock() {}

    static Map<String, Integer> free() throws IOException {
        var random = new SecureRandom();
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var base = FIRST + random.nextInt(BLOCKS) * SIZE;
            if (isFree(base)) {
                var ports = new LinkedHashMap<String, Integer>();
                NAMES.forEach(name -> ports.put(name, base + ports.size()));
                return ports;
            }
        }
        throw new IOException("no block of " + SIZE + " free ports from " + FIRST + " on");
    }

    private static boolean isFree(int base) {
        for (var port = base; port < base + SIZE; port++) {
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                return false; // taken
            }
        }
        return true;
    }
}
