package dev.gantry.linux.netlink;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.ProcessCalls;
import dev.gantry.linux.SocketCalls;
import dev.gantry.linux.process.ThrowAwayThread;
import java.util.ArrayList;
import java.util.List;

/**
 * A netlink(7) socket of one network namespace: whichever it was opened in, for ever, whoever uses it. The kernel has carried a request
 * out when sending it returns, so nothing here waits for an answer; some requests take the kernel milliseconds. Safe for use by many threads.
 */
public final class NetlinkSocket implements AutoCloseable {
    public static final int ROUTE = 0;
    public static final int NETFILTER = 12;

    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;

    /** The kernel makes parts of a list at most as long. */
    private static final int DATAGRAM = 32 << 10;

    private static final int BUFFER = 8 << 20;
    private static final int MOST_ANSWERS = 1 << 18;

    private final Kernel kernel;
    private final Fd socket;
    private final byte[] datagram = new byte[DATAGRAM];
    private int sequence = 1;

    private NetlinkSocket(Kernel kernel, Fd socket) {
        this.kernel = kernel;
        this.socket = socket;
    }

    /** Of the calling thread's network namespace. */
    public static NetlinkSocket open(Kernel kernel, int protocol) {
        Fd socket = Fd.own(kernel, kernel.socket(SocketCalls.AF_NETLINK, SocketCalls.SOCK_RAW, protocol));
        try {
            kernel.setsockopt(socket.number(), SocketCalls.SOL_NETLINK, NETLINK_CAP_ACK, 1);
            kernel.setsockopt(socket.number(), SocketCalls.SOL_NETLINK, NETLINK_EXT_ACK, 1);
            kernel.setsockopt(socket.number(), SocketCalls.SOL_SOCKET, SocketCalls.SO_SNDBUFFORCE, BUFFER);
            kernel.setsockopt(socket.number(), SocketCalls.SOL_SOCKET, SocketCalls.SO_RCVBUFFORCE, BUFFER);
            return new NetlinkSocket(kernel, socket);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Of a given namespace; a short-lived thread of its own enters it. */
    public static NetlinkSocket openIn(Kernel kernel, Fd namespace, int protocol) {
        return ThrowAwayThread.call("netlink", () -> {
            kernel.setns(namespace.number(), ProcessCalls.CLONE_NEWNET);
            return open(kernel, protocol);
        });
    }

    /**
     * Sends them in one datagram. The kernel takes one after the other and, except in a transaction of nf_tables, goes on behind one
     * that failed.
     *
     * @throws NetlinkException the first refusal
     */
    public synchronized void send(List<NetlinkMessage> messages) {
        int first = sequence;
        sequence += messages.size();
        kernel.send(socket.number(), NetlinkMessage.encode(messages, first));
        List<Answer> refused = new ArrayList<>();
        long missing = messages.stream().filter(NetlinkMessage::isAcknowledged).count();
        boolean more = true;
        while (missing > 0 && more) {
            List<Answer> answers = receive();
            more = !answers.isEmpty();
            for (Answer answer : answers) {
                int index = answer.sequence() - first;
                if (answer.isError() && index >= 0 && index < messages.size()) {
                    missing -= messages.get(index).isAcknowledged() ? 1 : 0;
                    if (answer.errno() != 0) {
                        refused.add(answer);
                    }
                }
            }
        }
        if (!refused.isEmpty()) {
            throw refusal(messages, first, refused.getFirst());
        }
        if (missing > 0) {
            throw new MalformedAnswerException(
                    "no answer to " + messages.getLast().what());
        }
    }

    private static NetlinkException refusal(List<NetlinkMessage> messages, int first, Answer answer) {
        int index = answer.sequence() - first;
        return new NetlinkException(messages.get(index).what(), answer.errno(), answer.words(), index);
    }

    /**
     * Asks for a list, again when it changed while it was read.
     *
     * @throws NetlinkException when there is none
     * @throws MalformedAnswerException when it is longer than any that this platform makes
     */
    public synchronized List<Answer> list(NetlinkMessage request) {
        while (true) {
            List<Answer> answers = listOnce(request);
            if (answers.stream().noneMatch(Answer::isInterrupted)) {
                return answers;
            }
        }
    }

    private List<Answer> listOnce(NetlinkMessage request) {
        int mine = sequence++;
        kernel.send(
                socket.number(),
                NetlinkMessage.encode(
                        List.of(new NetlinkMessage(
                                request.type(), request.flags() | NetlinkMessage.DUMP, request.body(), request.what())),
                        mine));
        List<Answer> all = new ArrayList<>();
        while (true) {
            List<Answer> part = receive();
            if (part.isEmpty()) {
                throw new MalformedAnswerException("no end of " + request.what());
            }
            for (Answer answer : part) {
                if (answer.sequence() != mine) {
                    continue; // of a request that was given up
                }
                if (answer.isError() || answer.isDone()) {
                    checkEnd(request, answer);
                    return all;
                }
                all.add(answer);
            }
            if (all.size() > MOST_ANSWERS) {
                throw new MalformedAnswerException("more than " + MOST_ANSWERS + " answers to " + request.what());
            }
        }
    }

    private static void checkEnd(NetlinkMessage request, Answer end) {
        if (end.errno() != 0) {
            throw new NetlinkException(request.what(), end.errno(), end.words(), 0);
        }
    }

    /** Asks for one object. */
    public synchronized Answer get(NetlinkMessage request) {
        int mine = sequence++;
        kernel.send(socket.number(), NetlinkMessage.encode(List.of(request), mine));
        while (true) {
            List<Answer> answers = receive();
            if (answers.isEmpty()) {
                throw new MalformedAnswerException("no answer to " + request.what());
            }
            for (Answer answer : answers) {
                if (answer.sequence() == mine) {
                    if (answer.isError()) {
                        checkEnd(request, answer);
                    }
                    return answer;
                }
            }
        }
    }

    /** The next datagram; none when there is none. */
    private List<Answer> receive() {
        while (true) {
            try {
                int length = kernel.receive(socket.number(), datagram, SocketCalls.MSG_DONTWAIT);
                if (length > datagram.length) {
                    throw new MalformedAnswerException("answer of " + length + " bytes");
                }
                return Answer.parse(datagram, length);
            } catch (KernelException e) {
                if (e.is(Errno.EAGAIN)) {
                    return List.of();
                }
                if (!e.is(Errno.EINTR)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public synchronized void close() {
        socket.close();
    }
}
