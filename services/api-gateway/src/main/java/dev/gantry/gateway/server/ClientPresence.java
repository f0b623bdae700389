package dev.gantry.gateway.server;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Whether the other end of a unix socket is still there. */
final class ClientPresence {
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(1);

    private ClientPresence() {}

    /**
     * A write of no bytes to a unix stream socket is answered with EPIPE when the peer is closed, and with 0, sending nothing, when it
     * only shut down its writing side (unix_stream_sendmsg looks at the socket before the length).
     */
    static boolean gone(Channel channel) {
        if (!(channel instanceof UnixChannel unix)) {
            return false;
        }
        try {
            unix.fd().write(NOTHING.duplicate(), 0, 0);
            return false;
        } catch (IOException broken) {
            return true;
        }
    }
}
