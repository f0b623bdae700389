package dev.gantry.e2e.harness;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** A server that the tests' image lacks: it sends datagrams back. The test runs it inside a container's network namespace. */
public final class UdpEcho {
    private static final int LARGEST = 1500;

    private UdpEcho() {}

    /** Runs until it is destroyed; listens when its first line is there. */
    public static Process in(long pid, int port) throws IOException {
        var process = new ProcessBuilder(List.of(
                        "nsenter",
                        "--net=/proc/" + pid + "/ns/net",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        UdpEcho.class.getName(),
                        Integer.toString(port)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.inputReader().readLine() == null) {
            throw new IOException("the echo server ended");
        }
        return process;
    }

    public static void main(String[] arguments) throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress("0.0.0.0", Integer.parseInt(arguments[0])))) {
            System.out.println("listening");
            var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
            while (true) {
                packet.setLength(LARGEST);
                socket.receive(packet);
                socket.send(packet);
            }
        }
    }
}
