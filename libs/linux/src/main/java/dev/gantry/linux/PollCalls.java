package dev.gantry.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Waiting for many descriptors. */
public interface PollCalls extends SystemCalls {
    int EPOLL_CTL_ADD = 1;
    int EPOLL_CTL_DEL = 2;
    int EPOLL_CTL_MOD = 3;

    /** A ready descriptor: what is ready, and the number it was added with. */
    record Event(int events, long data) {}

    default int epollCreate() {
        return (int) call(Sys.EPOLL_CREATE1, FileCalls.O_CLOEXEC);
    }

    default void epollCtl(int epoll, int operation, int fd, int events, long data) {
        // struct epoll_event is packed on x86-64: 4 bytes, then 8
        byte[] event = ByteBuffer.allocate(12)
                .order(ByteOrder.nativeOrder())
                .putInt(events)
                .putLong(data)
                .array();
        call(Sys.EPOLL_CTL, epoll, operation, fd, event);
    }

    /** Waits; a timeout is in milliseconds, -1 for ever. */
    default List<Event> epollWait(int epoll, int most, int timeout) {
        Out events = Out.of(12 * most);
        int count = (int) call(Sys.EPOLL_PWAIT, epoll, events, most, timeout, 0, 8);
        ByteBuffer b = events.buffer();
        List<Event> ready = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ready.add(new Event(b.getInt(12 * i), b.getLong(12 * i + 4)));
        }
        return ready;
    }

    default int eventfd(int flags) {
        return (int) call(Sys.EVENTFD2, 0, flags | FileCalls.O_CLOEXEC);
    }
}
