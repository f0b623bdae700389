package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.askNode;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.LogsChunk;
import dev.gantry.contracts.rpc.LogsRequest;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.Query;
import dev.gantry.gateway.api.Reply;
import dev.gantry.gateway.api.Timestamp;
import dev.gantry.gateway.backend.Backends;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a container has written, straight from its node's agent. */
public final class Logs {
    /** How long a failure may take to show before the head of a stream that says nothing goes out. */
    private static final long FIRST_WORD_MS = 100;

    private final Backends backends;

    public Logs(Backends backends) {
        this.backends = backends;
    }

    public void serve(Call call, Reply reply) throws IOException, InterruptedException {
        var query = call.query();
        if (!query.flag("stdout") && !query.flag("stderr")) {
            throw ErrorCode.NO_STREAM_CHOSEN.with();
        }
        var container = Located.container(backends, call.name());
        var request = request(query, container);
        refuseUnreadable(container);
        BlockingClientCall<?, LogsChunk> chunks =
                AgentGrpc.newBlockingV2Stub(backends.agent(container)).logs(request);
        reply.whenGone(() -> chunks.cancel("the client is gone", null));
        try {
            copy(container, chunks, call, reply);
        } finally {
            chunks.cancel("served", null);
        }
    }

    private static void copy(
            ContainerLocation container, BlockingClientCall<?, LogsChunk> chunks, Call call, Reply reply)
            throws IOException, InterruptedException {
        var first = first(container, chunks);
        var out = reply.begin(200, StreamType.of(call, container.getTty()));
        write(out, first.chunk());
        var chunk = first.last() ? null : askNode(container, chunks::read);
        while (chunk != null) {
            write(out, chunk);
            chunk = askNode(container, chunks::read);
        }
        out.close();
    }

    /** The first chunk if it came in time, so that an error can still have its status. */
    private record First(@Nullable LogsChunk chunk, boolean last) {}

    private static First first(ContainerLocation container, BlockingClientCall<?, LogsChunk> chunks)
            throws InterruptedException {
        return askNode(container, () -> {
            try {
                var chunk = chunks.read(FIRST_WORD_MS, TimeUnit.MILLISECONDS);
                return new First(chunk, chunk == null);
            } catch (TimeoutException silent) {
                return new First(null, false);
            }
        });
    }

    private static void write(OutputStream out, @Nullable LogsChunk chunk) throws IOException {
        if (chunk != null && !chunk.getBytes().isEmpty()) {
            out.write(chunk.getBytes().toByteArray());
        }
    }

    private static void refuseUnreadable(ContainerLocation container) {
        if (container.getLogDriver().equals("none")) {
            throw ErrorCode.LOGS_UNREADABLE.with();
        }
    }

    private static LogsRequest request(Query query, ContainerLocation container) {
        return LogsRequest.newBuilder()
                .setContainer(container.getId())
                .setFollow(query.flag("follow"))
                .setStdout(query.flag("stdout"))
                .setStderr(query.flag("stderr"))
                .setTimestamps(query.flag("timestamps"))
                .setDetails(query.flag("details"))
                .setSince(query.time("since").map(Timestamp::epochNanos).orElse(0L))
                .setUntil(query.time("until").map(Timestamp::epochNanos).orElse(0L))
                .setTail(tail(query.text("tail")))
                .setTty(container.getTty())
                .build();
    }

    /** Anything that is not a number of lines is all of them. */
    private static long tail(String text) {
        try {
            return Math.max(-1, Long.parseLong(text));
        } catch (NumberFormatException all) {
            return -1;
        }
    }
}
