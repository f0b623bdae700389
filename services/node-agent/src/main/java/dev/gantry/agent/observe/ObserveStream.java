package dev.gantry.agent.observe;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.rpc.AgentDirective;
import dev.gantry.contracts.rpc.AgentHello;
import dev.gantry.contracts.rpc.AgentReport;
import dev.gantry.contracts.rpc.NodesGrpc;
import dev.gantry.contracts.rpc.Observation;
import io.grpc.Channel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Keeps the stream up until it is closed. */
public final class ObserveStream implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ObserveStream.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long POLL_MILLIS = 500;

    /**
     * How this agent introduces itself.
     *
     * @param boot begun before the stream is
     */
    public record Introduction(String node, String host, int port, HostBoot boot, Supplier<NodeFacts> facts) {}

    private final Supplier<Channel> scheduler;
    private final Introduction introduction;
    private final Observations observations;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean welcome;

    public ObserveStream(Supplier<Channel> scheduler, Introduction introduction, Observations observations) {
        this.scheduler = scheduler;
        this.introduction = introduction;
        this.observations = observations;
        this.thread = Thread.ofVirtual().name("observe").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether the scheduler has greeted us on the stream that is on. */
    public boolean connected() {
        return welcome;
    }

    private void run() {
        var pause = FIRST_PAUSE_MILLIS;
        while (!closed) {
            pause = attempt() ? FIRST_PAUSE_MILLIS : Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean attempt() {
        try {
            return stream();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (StatusException | RuntimeException e) {
            LOG.debugf("the stream to the scheduler ended: %s", e.getMessage());
            return false;
        }
    }

    /** One stream from hello to its end. @return whether it was welcome */
    private boolean stream() throws InterruptedException, StatusException {
        var call = NodesGrpc.newBlockingV2Stub(scheduler.get()).observe();
        try {
            call.write(AgentReport.newBuilder().setHello(hello()).build());
            var first = call.read();
            if (first == null || !first.hasWelcome()) {
                return false;
            }
            LOG.infof("node %s is known to the scheduler", introduction.node());
            welcome = true;
            var queue = observations.subscribe();
            var sent = new ConcurrentHashMap<String, Long>();
            var reader = Thread.ofVirtual().name("acknowledgements").start(() -> readAll(call, sent));
            sendAll(call, queue, sent, reader);
            return true;
        } finally {
            welcome = false;
            call.cancel("the stream is over", null);
        }
    }

    private AgentHello hello() {
        return AgentHello.newBuilder()
                .setNode(introduction.node())
                .setHost(introduction.host())
                .setPort(introduction.port())
                .setBoot(introduction.boot().name())
                .setFacts(ByteString.copyFrom(
                        DockerJson.write(introduction.facts().get())))
                .build();
    }

    private void sendAll(
            BlockingClientCall<AgentReport, AgentDirective> call,
            BlockingQueue<Observation> queue,
            Map<String, Long> sent,
            Thread reader)
            throws InterruptedException, StatusException {
        while (reader.isAlive() && !closed) {
            var next = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null && next.getSequence() > sent.getOrDefault(next.getContainer(), 0L)) {
                call.write(AgentReport.newBuilder().setObservation(next).build());
                sent.put(next.getContainer(), next.getSequence());
            }
        }
    }

    private void readAll(BlockingClientCall<AgentReport, AgentDirective> call, Map<String, Long> sent) {
        try {
            for (var directive = call.read(); directive != null; directive = call.read()) {
                if (directive.hasAcknowledged()) {
                    var acknowledged = directive.getAcknowledged();
                    observations.acknowledged(acknowledged.getContainer(), acknowledged.getSequence());
                    sent.remove(acknowledged.getContainer(), acknowledged.getSequence());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StatusException | RuntimeException e) {
            LOG.infof("the stream to the scheduler broke: %s", e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
