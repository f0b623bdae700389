package dev.gantry.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.ArchivePart;
import dev.gantry.contracts.rpc.ContainerFiles;
import dev.gantry.contracts.rpc.PathQuery;
import dev.gantry.contracts.rpc.PathStat;
import dev.gantry.contracts.rpc.WriteArchiveOpen;
import dev.gantry.contracts.rpc.WriteArchivePart;
import dev.gantry.oci.layer.Attributes;
import dev.gantry.oci.layer.LayerEntry;
import dev.gantry.oci.layer.LayerPath;
import dev.gantry.oci.layer.LayerWriter;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.StatusException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A container, and the agent's calls about its files. */
final class FileCalls implements AutoCloseable {
    static final Attributes PLAIN = new Attributes(0640, 12, 34, Instant.ofEpochSecond(1_600_000_000), Map.of());

    private final OwnAgent own;
    private final String container = TestAgent.newId();

    /** The container is made by its first start; until then it has the files of its image. */
    FileCalls(OwnAgent own) {
        this.own = own;
    }

    void start(String... command) {
        var started = own.agent().start(container, command);
        assertThat(started.hasRunning()).as("%s", started).isTrue();
    }

    void kill() {
        own.agent().kill(container, 9);
    }

    void awaitExit() {
        var _ = own.agent().awaitExit(container);
    }

    String logs() {
        return own.agent().logs(container);
    }

    ContainerFiles.Builder files() {
        return ContainerFiles.newBuilder()
                .setContainer(container)
                .setReference("c1")
                .setImage(own.image().resolved());
    }

    PathQuery query(String path) {
        return PathQuery.newBuilder()
                .setContainer(container)
                .setPath(path)
                .setFiles(files())
                .build();
    }

    PathStat stat(String path) {
        return AgentGrpc.newBlockingStub(own.agent().channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .statPath(query(path));
    }

    static Map<String, TarArchiveEntry> entries(byte[] tar) throws IOException {
        var entries = new LinkedHashMap<String, TarArchiveEntry>();
        try (var in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), entry);
            }
        }
        return entries;
    }

    byte[] read(String path) {
        var bytes = new ByteArrayOutputStream();
        AgentGrpc.newBlockingStub(own.agent().channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .readArchive(query(path))
                .forEachRemaining(part -> append(part, bytes));
        return bytes.toByteArray();
    }

    private static void append(ArchivePart part, ByteArrayOutputStream bytes) {
        bytes.writeBytes(part.getData().toByteArray());
    }

    byte[] exported() {
        var bytes = new ByteArrayOutputStream();
        AgentGrpc.newBlockingStub(own.agent().channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .export(files().build())
                .forEachRemaining(part -> append(part, bytes));
        return bytes.toByteArray();
    }

    String changes() {
        var all = new java.util.ArrayList<String>();
        AgentGrpc.newBlockingStub(own.agent().channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .changes(files().build())
                .forEachRemaining(some -> some.getPathsList()
                        .forEach(change -> all.add(
                                change.getKind() + " " + change.getPath().toStringUtf8())));
        return all.stream().collect(Collectors.joining("\n"));
    }

    static byte[] tar(LayerEntry... entries) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new LayerWriter(bytes)) {
            for (var entry : entries) {
                tar.write(entry, new ByteArrayInputStream("hello\n".getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    static LayerEntry file(String path) {
        return new LayerEntry.File(LayerPath.of(path), PLAIN, 6);
    }

    void write(String path, byte[] tar) {
        write(open(path), tar, true);
    }

    void write(WriteArchiveOpen.Builder open, byte[] tar, boolean whole) {
        var call = AgentGrpc.newBlockingV2Stub(own.agent().channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .writeArchive();
        try {
            call.write(WriteArchivePart.newBuilder().setOpen(open).build());
            call.write(WriteArchivePart.newBuilder()
                    .setData(ByteString.copyFrom(tar))
                    .build());
            if (whole) {
                call.write(WriteArchivePart.newBuilder()
                        .setEnd(WriteArchivePart.WriteArchiveEnd.getDefaultInstance())
                        .build());
            }
            call.halfClose();
            assertThat(call.read()).isNotNull();
        } catch (StatusException e) {
            throw e.getStatus().asRuntimeException(e.getTrailers());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static String message(Throwable failure) {
        var known = RpcErrors.from(failure, "agent");
        return known.code().httpStatus() + " " + known.getMessage();
    }

    String said(String... command) throws Exception {
        return own.agent().exec(container, command).said();
    }

    WriteArchiveOpen.Builder open(String path) {
        return WriteArchiveOpen.newBuilder()
                .setContainer(container)
                .setPath(path)
                .setFiles(files());
    }

    @Override
    public void close() {
        assertThat(own.agent().release(container).hasDone()).isTrue();
    }
}
