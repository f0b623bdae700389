package dev.gantry.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.service.tracing.TraceCarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final Mailbox mailbox = new Mailbox(TraceCarrier.NONE);

    @Test
    void doesOneThingAtATimeInTheOrderOfArrival() throws Exception {
        var done = new ArrayList<Integer>(); // not safe for two threads at once: that is the point
        var all = IntStream.range(0, 2_000)
                .mapToObj(i -> mailbox.submit(() -> done.add(i)))
                .toList();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        assertThat(done).isEqualTo(IntStream.range(0, 2_000).boxed().toList());
    }

    @Test
    void neverDoesTwoThingsAtOnceForManySenders() {
        var count = new int[1];
        IntStream.range(0, 1_000)
                .parallel()
                .forEach(i -> mailbox.submit(() -> count[0]++).join());
        assertThat(count[0]).isEqualTo(1_000);
    }

    @Test
    void neverDoesTwoThingsAtOnceForThoseWhoWaitAndThoseWhoDoNot() throws Exception {
        var count = new int[1]; // not safe for two threads at once
        var threads = new java.util.HashSet<Thread>();
        try (var senders = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 1_000; i++) {
                senders.execute(() -> {
                    var _ = mailbox.perform(() -> count[0]++);
                });
                senders.execute(() -> {
                    var _ = mailbox.submit(() -> {
                        threads.add(Thread.currentThread());
                        return count[0]++;
                    });
                });
            }
        }
        assertThat(mailbox.submit(() -> count[0]).get(10, TimeUnit.SECONDS)).isEqualTo(2_000);
        assertThat(threads).isNotEmpty();
    }

    @Test
    void doesOnTheSpotWhatNothingElseIsInTheWayOf() {
        assertThat(mailbox.perform(Thread::currentThread)).isSameAs(Thread.currentThread());
        assertThatThrownBy(() -> mailbox.perform(() -> {
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        assertThat(mailbox.perform(() -> 1)).isEqualTo(1);
    }

    @Test
    void goesOnAfterAFailure() throws Exception {
        var failed = mailbox.submit(() -> {
            throw new IllegalArgumentException("no");
        });
        assertThatThrownBy(() -> failed.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("no");
        assertThat(mailbox.submit(() -> List.of(1)).get(10, TimeUnit.SECONDS)).containsExactly(1);
    }
}
