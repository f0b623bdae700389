package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.askNode;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.ArchivePart;
import dev.gantry.contracts.rpc.ChangedPaths;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.Reply;
import dev.gantry.gateway.backend.Backends;
import io.grpc.stub.BlockingClientCall;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container's whole root as a tar, and what it changed in its image's files. */
public final class Exports {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Backends backends;
    private final Notes notes;

    public Exports(Backends backends) {
        this.backends = backends;
        this.notes = new Notes(backends);
    }

    private record Change(
            @JsonProperty("Path") String path,
            @JsonProperty("Kind") int kind) {}

    /** The head goes out with the first bytes, so that an error before them has its status. */
    public void export(Call call, Reply reply) throws IOException, InterruptedException {
        var files = Located.files(backends, call.name());
        var container = files.getLocation();
        BlockingClientCall<?, ArchivePart> parts =
                AgentGrpc.newBlockingV2Stub(backends.agent(container)).export(files.getFiles());
        reply.whenGone(() -> parts.cancel("the client is gone", null));
        try {
            var first = askNode(container, parts::read);
            notes.take(container, "export", Map.of());
            var out = reply.begin(200, "application/octet-stream");
            if (first != null) {
                out.write(first.getData().toByteArray());
            }
            ContainerArchives.copy(container, parts, out);
        } finally {
            parts.cancel("served", null);
        }
    }

    public void changes(Call call, Reply reply) throws IOException, InterruptedException {
        var files = Located.files(backends, call.name());
        var container = files.getLocation();
        BlockingClientCall<?, ChangedPaths> parts =
                AgentGrpc.newBlockingV2Stub(backends.agent(container)).changes(files.getFiles());
        reply.whenGone(() -> parts.cancel("the client is gone", null));
        try {
            write(container, parts, reply);
        } finally {
            parts.cancel("served", null);
        }
    }

    /** One array in pieces; no change at all is null, as with Docker. */
    private static void write(ContainerLocation container, BlockingClientCall<?, ChangedPaths> parts, Reply reply)
            throws IOException, InterruptedException {
        @Nullable ChangedPaths some = askNode(container, parts::read);
        // small pieces, gathered
        var out = new BufferedOutputStream(reply.begin(200, "application/json"), BUFFER_BYTES);
        var between = "[";
        for (; some != null; some = askNode(container, parts::read)) {
            for (var change : some.getPathsList()) {
                out.write(between.getBytes(StandardCharsets.US_ASCII));
                out.write(DockerJson.write(new Change(change.getPath().toStringUtf8(), change.getKind())));
                between = ",";
            }
        }
        end(out, between.equals("[") ? "null\n" : "]\n");
    }

    private static void end(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.close();
    }
}
