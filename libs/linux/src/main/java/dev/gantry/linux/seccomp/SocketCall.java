package dev.gantry.linux.seccomp;

import java.util.List;
import java.util.OptionalInt;

/** The calls that 32-bit programs may also make through socketcall(2), by the SYS_* numbers of linux/net.h. */
final class SocketCall {
    private static final List<String> FROM_ONE = List.of(
            "socket",
            "bind",
            "connect",
            "listen",
            "accept",
            "getsockname",
            "getpeername",
            "socketpair",
            "send",
            "recv",
            "sendto",
            "recvfrom",
            "shutdown",
            "setsockopt",
            "getsockopt",
            "sendmsg",
            "recvmsg",
            "accept4",
            "recvmmsg",
            "sendmmsg");

    private SocketCall() {}

    static OptionalInt number(String name) {
        int index = FROM_ONE.indexOf(name);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index + 1);
    }
}
