package dev.gantry.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.process.EpollLoop.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EpollLoopTest {
    private static final int SECONDS = 10;

    private final Kernel kernel = Kernel.real();
    private final List<Fd> opened = new ArrayList<>();
    private final EpollLoop loop = EpollLoop.start(kernel, "test-epoll");

    @AfterEach
    void close() {
        loop.close();
        opened.forEach(Fd::close);
    }

    private record Ends(Fd read, Fd write) {}

    private Ends pipe() {
        FileCalls.Pipe pipe = kernel.pipe2(FileCalls.O_NONBLOCK);
        Ends ends = new Ends(Fd.own(kernel, pipe.readEnd()), Fd.own(kernel, pipe.writeEnd()));
        opened.add(ends.read);
        opened.add(ends.write);
        return ends;
    }

    /** Closed by its own callback, or with the loop. */
    private Watch watch(Ends ends, EpollLoop.Ready ready) {
        return loop.watch(ends.read(), EpollLoop.IN, ready);
    }

    private void write(Ends ends) {
        kernel.write(ends.write().number(), new byte[] {1});
    }

    @Test
    void callsBackForEveryReadyDescriptorOfAThousand() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(1000);
        List<Ends> pipes = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Ends ends = pipe();
            pipes.add(ends);
            watch(ends, (watch, _) -> {
                watch.close();
                all.countDown();
            });
        }
        pipes.forEach(this::write);
        assertThat(all.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsOfTheOtherEndsClosing() throws InterruptedException {
        Ends ends = pipe();
        BlockingQueue<Integer> events = new LinkedBlockingQueue<>();
        watch(ends, (watch, happened) -> {
            events.add(happened);
            watch.close();
        });
        ends.write().close();
        assertThat(events.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(EpollLoop.HANG_UP);
    }

    @Test
    void isSilentWhilePausedAndRemembersWhatCame() throws InterruptedException {
        Ends paused = pipe();
        Ends other = pipe();
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        Watch watch = watch(paused, (self, _) -> {
            events.add("paused");
            self.close();
        });
        watch(other, (self, _) -> {
            events.add("other");
            self.close();
        });
        watch.pause();
        write(paused);
        write(other);
        assertThat(events.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("other");
        assertThat(events).isEmpty();
        watch.resume();
        assertThat(events.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("paused");
    }

    @Test
    void goesOnForOthersAfterACallbackThrew() throws InterruptedException {
        Ends bad = pipe();
        Ends good = pipe();
        CountDownLatch called = new CountDownLatch(1);
        watch(bad, (_, _) -> {
            throw new IllegalStateException("on purpose");
        });
        watch(good, (watch, _) -> {
            watch.close();
            called.countDown();
        });
        write(bad);
        write(good);
        assertThat(called.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
