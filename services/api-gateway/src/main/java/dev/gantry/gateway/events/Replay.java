package dev.gantry.gateway.events;

import dev.gantry.contracts.error.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the past: a merge of the partitions by time, each read only so far ahead as the others need, so ten years of events
 * take no more memory than ten minutes.
 */
final class Replay {
    private static final int MOST_AHEAD = 2000;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration OFFSETS = Duration.ofSeconds(5);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Consumer<String, byte[]> consumer;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private final SeenIds seen = new SeenIds();

    /** One partition: what is read and not handed over, and where its past ends. */
    private static final class Lane {
        final PriorityQueue<LoggedEvent> ahead = new PriorityQueue<>(LoggedEvent.BY_TIME);
        final long end;
        boolean finished;

        Lane(long end) {
            this.end = end;
        }
    }

    Replay(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        ends.forEach((partition, end) -> {
            if (end > 0) {
                lanes.put(partition, new Lane(end));
            }
        });
    }

    void run(long sinceNano, EventLog.Sink sink) throws IOException {
        consumer.assign(lanes.keySet());
        seek(sinceNano);
        var heard = System.nanoTime();
        var wanted = true;
        while (wanted && !done()) {
            if (poll()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > SILENCE.toNanos()) {
                throw ErrorCode.SERVICE_AWAY.with("the event log", "it stopped answering");
            }
            wanted = handOver(sink);
        }
    }

    /** A record's timestamp is its event's time, in milliseconds. */
    private void seek(long sinceNano) {
        var since = Math.floorDiv(Math.max(0, sinceNano), NANOS_PER_MILLI);
        var times = lanes.keySet().stream().collect(Collectors.toMap(partition -> partition, partition -> since));
        var starts = consumer.offsetsForTimes(times, OFFSETS);
        lanes.forEach((partition, lane) -> {
            var start = starts.get(partition);
            if (start == null || start.offset() >= lane.end) {
                lane.finished = true;
            } else {
                consumer.seek(partition, start.offset());
            }
        });
        consumer.pause(partitions(lane -> lane.finished));
    }

    private boolean poll() {
        var records = consumer.poll(lanes.values().stream().allMatch(lane -> lane.finished) ? Duration.ZERO : POLL);
        records.forEach(record -> {
            var lane = Objects.requireNonNull(lanes.get(new TopicPartition(record.topic(), record.partition())));
            if (record.offset() < lane.end) {
                LoggedEvent.of(record).filter(event -> seen.add(event.id())).ifPresent(lane.ahead::add);
            }
        });
        lanes.forEach((partition, lane) -> lane.finished = lane.finished || consumer.position(partition) >= lane.end);
        consumer.pause(partitions(lane -> lane.finished || lane.ahead.size() >= MOST_AHEAD));
        return !records.isEmpty();
    }

    /** Hands over while every partition that is not at its end has shown its next event. */
    private boolean handOver(EventLog.Sink sink) throws IOException {
        while (lanes.values().stream().noneMatch(lane -> lane.ahead.isEmpty() && !lane.finished)) {
            var first = lanes.values().stream()
                    .filter(lane -> !lane.ahead.isEmpty())
                    .min(Comparator.comparing(lane -> lane.ahead.element(), LoggedEvent.BY_TIME));
            if (first.isEmpty()) {
                return true;
            }
            if (!sink.take(first.get().ahead.remove())) {
                return false;
            }
        }
        consumer.resume(partitions(lane -> !lane.finished && lane.ahead.size() < MOST_AHEAD));
        return true;
    }

    private boolean done() {
        return lanes.values().stream().allMatch(lane -> lane.finished && lane.ahead.isEmpty());
    }

    private Collection<TopicPartition> partitions(Predicate<Lane> which) {
        Set<TopicPartition> found = new HashSet<>();
        lanes.forEach((partition, lane) -> {
            if (which.test(lane)) {
                found.add(partition);
            }
        });
        return found;
    }
}
