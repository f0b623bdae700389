package dev.gantry.gateway.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The reading end of a hijacked connection. It asks the socket for one read when its taker has nothing left, so what waits here is what
 * one read brought: netty's sixteen buffers at most. A client that has ended its side is watched until it is gone.
 */
final class RawInbound extends ChannelInboundHandlerAdapter {
    private static final long WATCH_MS = 500;

    private final Channel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<ByteString> received = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private boolean ended;
    private @Nullable Throwable failure;

    RawInbound(Channel channel) {
        this.channel = channel;
    }

    ChannelHandlerContext context() {
        var added = context;
        if (added == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return added;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** What came next, or null at the end of the client's side. */
    @Nullable
    ByteString take() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (received.isEmpty() && !ended) {
                channel.eventLoop().execute(() -> context().read());
            }
            while (received.isEmpty() && !ended) {
                changed.await();
            }
            if (received.isEmpty() && failure != null) {
                throw new IOException("the client's side broke: " + failure.getMessage(), failure);
            }
            return received.poll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf bytes && bytes.isReadable()) {
                add(UnsafeByteOperations.unsafeWrap(ByteBufUtil.getBytes(bytes)));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void add(ByteString bytes) {
        lock.lock();
        try {
            received.add(bytes);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Not for the HTTP handlers behind us: they would answer or complain. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        lock.lock();
        try {
            // a read that brought only bytes of no length leaves its taker waiting: ask again
            if (received.isEmpty() && !ended && lock.hasWaiters(changed)) {
                ctx.read();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            end(null);
            watch();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(null);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(cause);
        var _ = ctx.close();
    }

    /** A client that ended its side and one that is gone look the same until something is written to it. */
    private void watch() {
        if (channel.isActive() && ClientPresence.gone(channel)) {
            var _ = channel.close();
        } else if (channel.isActive()) {
            var _ = channel.eventLoop().schedule(this::watch, WATCH_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = cause;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
