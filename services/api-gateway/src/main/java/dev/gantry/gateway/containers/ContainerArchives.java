package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.askNode;
import static dev.gantry.gateway.backend.Asking.within;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.protobuf.UnsafeByteOperations;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.GoTime;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.ArchivePart;
import dev.gantry.contracts.rpc.ArchiveWritten;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.LocatedFiles;
import dev.gantry.contracts.rpc.PathQuery;
import dev.gantry.contracts.rpc.PathStat;
import dev.gantry.contracts.rpc.WriteArchiveOpen;
import dev.gantry.contracts.rpc.WriteArchivePart;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.Reply;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code docker cp}: files of a container as a tar, straight from and to its node's agent. */
public final class ContainerArchives {
    private static final String STAT_HEADER = "X-Docker-Container-Path-Stat";
    private static final int PART_BYTES = 128 << 10;

    private final Backends backends;
    private final Notes notes;

    public ContainerArchives(Backends backends) {
        this.backends = backends;
        this.notes = new Notes(backends);
    }

    /** The header's document, in Docker's order of fields. */
    private record StatDocument(
            @JsonProperty("name") String name,
            @JsonProperty("size") long size,
            @JsonProperty("mode") long mode,
            @JsonProperty("mtime") String modified,
            @JsonProperty("linkTarget") String linkTarget) {
        static StatDocument of(PathStat stat) {
            var modified = Instant.ofEpochSecond(0, stat.getModified());
            return new StatDocument(
                    stat.getName(),
                    stat.getSize(),
                    Integer.toUnsignedLong(stat.getMode()),
                    GoTime.format(modified),
                    stat.getLinkTarget());
        }
    }

    public Answer stat(Call call) throws InterruptedException {
        var path = path(call);
        var files = Located.files(backends, call.name());
        var container = files.getLocation();
        var stat = askNode(
                container,
                () -> within(Asking.QUERY, AgentGrpc.newBlockingStub(backends.agent(container)))
                        .statPath(query(files, path)));
        return new Answer.Head(200, header(stat));
    }

    private static String path(Call call) {
        var path = call.query().text("path");
        if (path.isEmpty()) {
            throw ErrorCode.INVALID_PARAMETER.with("bad parameter: pathcannot be empty");
        }
        return path;
    }

    private static PathQuery query(LocatedFiles files, String path) {
        return PathQuery.newBuilder()
                .setContainer(files.getLocation().getId())
                .setPath(path)
                .setFiles(files.getFiles())
                .build();
    }

    private static Map<String, String> header(PathStat stat) {
        var document = DockerJson.write(StatDocument.of(stat));
        return Map.of(STAT_HEADER, Base64.getEncoder().encodeToString(document));
    }

    public void read(Call call, Reply reply) throws IOException, InterruptedException {
        var path = path(call);
        var files = Located.files(backends, call.name());
        var container = files.getLocation();
        BlockingClientCall<?, ArchivePart> parts =
                AgentGrpc.newBlockingV2Stub(backends.agent(container)).readArchive(query(files, path));
        reply.whenGone(() -> parts.cancel("the client is gone", null));
        try {
            var first = askNode(container, parts::read);
            if (first == null || !first.hasStat()) {
                throw ErrorCode.INTERNAL.with("the agent sent an archive without its first part");
            }
            notes.take(container, "archive-path", Map.of());
            copy(container, parts, reply.begin(200, "application/x-tar", header(first.getStat())));
        } finally {
            parts.cancel("served", null);
        }
    }

    /** To the end of the call, which alone says that the archive is whole. */
    static void copy(ContainerLocation container, BlockingClientCall<?, ArchivePart> parts, OutputStream out)
            throws IOException, InterruptedException {
        for (@Nullable ArchivePart part = askNode(container, parts::read);
                part != null;
                part = askNode(container, parts::read)) {
            out.write(part.getData().toByteArray());
        }
        out.close();
    }

    public void write(Call call, InputStream body, Reply reply) throws IOException, InterruptedException {
        var path = path(call);
        var files = Located.files(backends, call.name());
        var container = files.getLocation();
        var query = call.query();
        var open = WriteArchiveOpen.newBuilder()
                .setContainer(container.getId())
                .setPath(path)
                .setNoOverwriteDirNonDir(query.flag("noOverwriteDirNonDir"))
                .setCopyUidGid(query.flag("copyUIDGID"))
                .setFiles(files.getFiles())
                .build();
        BlockingClientCall<WriteArchivePart, ArchiveWritten> sending =
                AgentGrpc.newBlockingV2Stub(backends.agent(container)).writeArchive();
        reply.whenGone(() -> sending.cancel("the client is gone", null));
        try {
            send(container, sending, open, body);
        } catch (IOException | RuntimeException | InterruptedException e) {
            sending.cancel("the upload failed", null);
            throw e;
        }
        notes.take(container, "extract-to-dir", Map.of());
        reply.answer(new Answer.Bare(200));
    }

    private static void send(
            ContainerLocation container,
            BlockingClientCall<WriteArchivePart, ArchiveWritten> sending,
            WriteArchiveOpen open,
            InputStream body)
            throws IOException, InterruptedException {
        var taken = put(container, sending, WriteArchivePart.newBuilder().setOpen(open));
        var buffer = new byte[PART_BYTES];
        for (var count = body.read(buffer); taken && count >= 0; count = body.read(buffer)) {
            // in one process the array goes to the agent itself
            var data = UnsafeByteOperations.unsafeWrap(Arrays.copyOf(buffer, count));
            taken = put(container, sending, WriteArchivePart.newBuilder().setData(data));
        }
        if (taken) {
            put(
                    container,
                    sending,
                    WriteArchivePart.newBuilder().setEnd(WriteArchivePart.WriteArchiveEnd.getDefaultInstance()));
            sending.halfClose();
        }
        if (askNode(container, sending::read) == null) {
            throw ErrorCode.INTERNAL.with("the agent gave no answer to an archive");
        }
    }

    /** False when the agent has ended the call: its answer says why. */
    private static boolean put(
            ContainerLocation container,
            BlockingClientCall<WriteArchivePart, ArchiveWritten> sending,
            WriteArchivePart.Builder part)
            throws InterruptedException {
        return askNode(container, () -> written(sending, part.build()));
    }

    private static boolean written(BlockingClientCall<WriteArchivePart, ArchiveWritten> sending, WriteArchivePart part)
            throws StatusException, InterruptedException {
        return sending.write(part);
    }
}
