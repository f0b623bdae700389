package dev.gantry.linux.seccomp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A call that 32-bit programs may also make through socketcall(2) or ipc(2), whose first argument says which.
 *
 * @param which holds when it is this one
 */
record MultiplexedCall(String through, Condition which) {
    /** By the SYS_* numbers of linux/net.h, from 1. */
    private static final List<String> SOCKET = List.of(
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

    /** By the numbers of linux/ipc.h. */
    private static final Map<String, Integer> IPC = Map.ofEntries(
            Map.entry("semop", 1),
            Map.entry("semget", 2),
            Map.entry("semctl", 3),
            Map.entry("semtimedop", 4),
            Map.entry("msgsnd", 11),
            Map.entry("msgrcv", 12),
            Map.entry("msgget", 13),
            Map.entry("msgctl", 14),
            Map.entry("shmat", 21),
            Map.entry("shmdt", 22),
            Map.entry("shmget", 23),
            Map.entry("shmctl", 24));

    /** The upper half of ipc's first argument is a version, which must not hide a call from a rule. */
    private static final long IPC_CALL = 0xffff;

    private static final Map<String, MultiplexedCall> ALL = Stream.concat(
                    IntStream.range(0, SOCKET.size())
                            .mapToObj(index -> Map.entry(
                                    SOCKET.get(index),
                                    new MultiplexedCall(
                                            "socketcall", new Condition(0, Condition.Operator.EQ, index + 1L, 0)))),
                    IPC.entrySet().stream()
                            .map(call -> Map.entry(
                                    call.getKey(),
                                    new MultiplexedCall(
                                            "ipc",
                                            new Condition(
                                                    0, Condition.Operator.MASKED_EQ, IPC_CALL, call.getValue())))))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    static Optional<MultiplexedCall> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }
}
