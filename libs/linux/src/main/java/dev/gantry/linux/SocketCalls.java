package dev.gantry.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Sockets, as far as the JDK has none of the kind: netlink(7). */
public interface SocketCalls extends SystemCalls {
    int AF_INET = 2;
    int AF_INET6 = 10;
    int AF_NETLINK = 16;
    int SOCK_RAW = 3;
    int SOCK_CLOEXEC = FileCalls.O_CLOEXEC;
    int SOL_SOCKET = 1;
    int SO_SNDBUFFORCE = 32;
    int SO_RCVBUFFORCE = 33;
    int SOL_NETLINK = 270;
    int MSG_DONTWAIT = 0x40;
    int MSG_TRUNC = 0x20;

    default int socket(int family, int type, int protocol) {
        return (int) call(Sys.SOCKET, family, type | SOCK_CLOEXEC, protocol);
    }

    default void setsockopt(int socket, int level, int option, int value) {
        byte[] number = ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
        call(Sys.SETSOCKOPT, socket, level, option, number, 4);
    }

    /** To whom the socket is connected, or to the kernel. */
    default int send(int socket, byte[] message) {
        return (int) call(Sys.SENDTO, socket, message, message.length, 0, 0, 0);
    }

    /** The whole length of the next message, which is more than the array's when it was cut. */
    default int receive(int socket, byte[] into, int flags) {
        return (int) call(Sys.RECVFROM, socket, Out.into(into), into.length, flags | MSG_TRUNC, 0, 0);
    }
}
