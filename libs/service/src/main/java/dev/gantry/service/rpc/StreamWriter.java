package dev.gantry.service.rpc;

import io.grpc.stub.CallStreamObserver;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The blocking end of an outgoing stream: {@link #write} waits until the transport wants more, so a slow reader slows its own
 * writer and costs no memory. Make it inside the method body, before it returns, and write from another (virtual) thread.
 */
public final class StreamWriter<T> {
    private final CallStreamObserver<T> out;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean cancelled;
    private boolean closed;

    public StreamWriter(CallStreamObserver<T> out) {
        this(out, () -> {});
    }

    /** @param onCancel runs once when the other side cancels or dies */
    public StreamWriter(CallStreamObserver<T> out, Runnable onCancel) {
        this.out = out;
        out.setOnReadyHandler(this::wake);
        if (out instanceof ServerCallStreamObserver<T> server) {
            server.setOnCancelHandler(() -> {
                cancel();
                onCancel.run();
            });
        }
    }

    /** @throws CancellationException if the other side is gone */
    public void write(T message) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!out.isReady() && !cancelled && !closed) {
                changed.await();
            }
            if (cancelled || closed) {
                throw new CancellationException("the reader is gone");
            }
            out.onNext(message);
        } finally {
            lock.unlock();
        }
    }

    public boolean cancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    public void complete() {
        close(out::onCompleted);
    }

    public void fail(Throwable failure) {
        close(() -> out.onError(RpcErrors.toStatus(failure)));
    }

    private void close(Runnable closing) {
        lock.lock();
        try {
            if (!closed && !cancelled) {
                closed = true;
                closing.run();
            }
        } finally {
            lock.unlock();
        }
    }

    private void cancel() {
        lock.lock();
        try {
            cancelled = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
