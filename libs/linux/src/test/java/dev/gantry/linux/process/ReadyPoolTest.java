package dev.gantry.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadyPoolTest {
    private static final int SECONDS = 30;

    private final AtomicInteger count = new AtomicInteger();
    private final BlockingQueue<Integer> made = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> removed = new LinkedBlockingQueue<>();

    private Integer make() {
        var one = count.incrementAndGet();
        made.add(one);
        return one;
    }

    private static Integer next(BlockingQueue<Integer> of) throws InterruptedException {
        return Objects.requireNonNull(of.poll(SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void makesAsManyAsItIsToldAndAnotherForEachThatIsTaken() throws Exception {
        try (var pool = new ReadyPool<>("test", 2, this::make, removed::add)) {
            assertThat(made).isEmpty();
            pool.start();
            assertThat(next(made)).isEqualTo(1);
            assertThat(next(made)).isEqualTo(2);
            assertThat(pool.take()).isEqualTo(1);
            assertThat(next(made)).isEqualTo(3);
            assertThat(count).hasValue(3);
        }
        assertThat(List.of(next(removed), next(removed))).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void madeByTheTakerWhenNoneIsReady() {
        try (var pool = new ReadyPool<>("test", 0, this::make, removed::add)) {
            pool.start();
            assertThat(pool.take()).isEqualTo(1);
        }
        assertThat(removed).isEmpty();
    }

    @Test
    void givesNoneToTwoTakers() throws Exception {
        List<Integer> taken = new CopyOnWriteArrayList<>();
        try (var pool = new ReadyPool<>("test", 3, this::make, removed::add)) {
            pool.start();
            var takers = IntStream.range(0, 8)
                    .mapToObj(_ -> Thread.ofVirtual()
                            .start(() -> IntStream.range(0, 50).forEach(_ -> taken.add(pool.take()))))
                    .toList();
            for (var taker : takers) {
                taker.join();
            }
        }
        assertThat(taken).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    void removesTheOneThatWasBeingMadeWhenItWasClosed() throws Exception {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var pool = new ReadyPool<>(
                "test",
                1,
                () -> {
                    begun.countDown();
                    try {
                        mayEnd.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return make();
                },
                removed::add);
        pool.start();
        assertThat(begun.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        pool.close();
        assertThat(removed).isEmpty();
        mayEnd.countDown();
        assertThat(next(removed)).isEqualTo(1);
    }

    @Test
    void tellsTheTakerWhatFailedAndKeepsWhatIsThere() throws Exception {
        var pool = new ReadyPool<>(
                "test",
                2,
                () -> {
                    if (count.get() == 1) {
                        made.add(-1);
                        throw new IllegalStateException("no more");
                    }
                    return make();
                },
                removed::add);
        pool.start();
        assertThat(next(made)).isEqualTo(1);
        assertThat(next(made)).isEqualTo(-1);
        assertThat(pool.take()).isEqualTo(1);
        assertThatThrownBy(pool::take).isInstanceOf(IllegalStateException.class).hasMessage("no more");
        pool.close();
        assertThat(removed).isEmpty();
    }
}
