package dev.gantry.agent.server;

import com.google.protobuf.UnsafeByteOperations;
import dev.gantry.agent.archive.Archives;
import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.exec.Execs;
import dev.gantry.agent.orders.Orders;
import dev.gantry.agent.output.LogReader;
import dev.gantry.agent.usage.Usage;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.ArchivePart;
import dev.gantry.contracts.rpc.ArchiveWritten;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOutput;
import dev.gantry.contracts.rpc.ChangedPaths;
import dev.gantry.contracts.rpc.ContainerFiles;
import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.ExecCreated;
import dev.gantry.contracts.rpc.ExecInput;
import dev.gantry.contracts.rpc.ExecQuery;
import dev.gantry.contracts.rpc.ExecState;
import dev.gantry.contracts.rpc.HostPaths;
import dev.gantry.contracts.rpc.LogsChunk;
import dev.gantry.contracts.rpc.LogsRequest;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.PathQuery;
import dev.gantry.contracts.rpc.PathStat;
import dev.gantry.contracts.rpc.ProcessQuery;
import dev.gantry.contracts.rpc.ProcessTable;
import dev.gantry.contracts.rpc.ResizeTerminal;
import dev.gantry.contracts.rpc.Resized;
import dev.gantry.contracts.rpc.UsageQuery;
import dev.gantry.contracts.rpc.UsageSample;
import dev.gantry.contracts.rpc.VolumeDirectory;
import dev.gantry.contracts.rpc.VolumeMade;
import dev.gantry.contracts.rpc.VolumeRemoved;
import dev.gantry.contracts.rpc.WriteArchivePart;
import dev.gantry.linux.launch.Stdio;
import dev.gantry.service.rpc.Answers;
import dev.gantry.service.rpc.RpcErrors;
import dev.gantry.service.rpc.StreamWriter;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CancellationException;

/** The service {@code Agent} of contracts. */
public final class AgentRpc extends AgentGrpc.AgentImplBase {
    private final Containers containers;
    private final Orders orders;
    private final Execs execs;
    private final Usage usage;
    private final ArchiveCalls archives;
    private final VolumeCalls volumes;

    public AgentRpc(
            Containers containers, Orders orders, Execs execs, Usage usage, Archives archives, VolumeCalls volumes) {
        this.usage = usage;
        this.containers = containers;
        this.orders = orders;
        this.execs = execs;
        this.archives = new ArchiveCalls(archives);
        this.volumes = volumes;
    }

    @Override
    public void apply(Order order, StreamObserver<Outcome> out) {
        Answers.unary(out, () -> orders.apply(order));
    }

    @Override
    public void makeVolume(VolumeDirectory request, StreamObserver<VolumeMade> out) {
        volumes.make(request, out);
    }

    @Override
    public void removeVolume(VolumeDirectory request, StreamObserver<VolumeRemoved> out) {
        volumes.remove(request, out);
    }

    @Override
    public void findMissing(HostPaths request, StreamObserver<HostPaths> out) {
        volumes.findMissing(request, out);
    }

    @Override
    public StreamObserver<AttachInput> attach(StreamObserver<AttachOutput> out) {
        return AttachCall.open(this::attachable, (ServerCallStreamObserver<AttachOutput>) out);
    }

    @Override
    public void createExec(CreateExecRequest request, StreamObserver<ExecCreated> out) {
        Answers.unary(
                out,
                () -> ExecCreated.newBuilder().setExec(execs.create(request)).build());
    }

    @Override
    public StreamObserver<ExecInput> startExec(StreamObserver<AttachOutput> out) {
        return ExecCall.open(execs, (ServerCallStreamObserver<AttachOutput>) out);
    }

    @Override
    public void inspectExec(ExecQuery query, StreamObserver<ExecState> out) {
        Answers.unary(out, () -> execs.inspect(query.getExec()));
    }

    @Override
    public void usage(UsageQuery query, StreamObserver<UsageSample> out) {
        Answers.unary(out, () -> usage.sample(query.getContainer()));
    }

    @Override
    public void processes(ProcessQuery query, StreamObserver<ProcessTable> out) {
        Answers.unary(out, () -> usage.processes(query.getContainer(), query.getArguments()));
    }

    @Override
    public void resize(ResizeTerminal resize, StreamObserver<Resized> out) {
        Answers.unary(out, () -> {
            var size = new Stdio.WindowSize(resize.getHeight(), resize.getWidth());
            if (resize.getExec().isEmpty()) {
                var container = attachable(resize.getContainer());
                container
                        .run()
                        .orElseThrow(() -> ErrorCode.NOT_RUNNING.with(container.id()))
                        .resize(size);
            } else {
                execs.resize(resize.getExec(), size);
            }
            return Resized.getDefaultInstance();
        });
    }

    @Override
    public void logs(LogsRequest request, StreamObserver<LogsChunk> out) {
        var reader = new Thread[1];
        var writer = new StreamWriter<>((ServerCallStreamObserver<LogsChunk>) out, () -> reader[0].interrupt());
        reader[0] = Thread.ofVirtual().name("logs").unstarted(() -> send(request, writer));
        reader[0].start();
    }

    @Override
    public void statPath(PathQuery query, StreamObserver<PathStat> out) {
        archives.stat(query, out);
    }

    @Override
    public void readArchive(PathQuery query, StreamObserver<ArchivePart> out) {
        archives.read(query, out);
    }

    @Override
    public StreamObserver<WriteArchivePart> writeArchive(StreamObserver<ArchiveWritten> out) {
        return archives.write(out);
    }

    @Override
    public void export(ContainerFiles files, StreamObserver<ArchivePart> out) {
        archives.export(files, out);
    }

    @Override
    public void changes(ContainerFiles files, StreamObserver<ChangedPaths> out) {
        archives.changes(files, out);
    }

    private void send(LogsRequest request, StreamWriter<LogsChunk> writer) {
        try {
            var container = containers.find(request.getContainer());
            if (container.isPresent()) { // one that never ran here has said nothing
                LogReader.send(
                        container.get().spool(),
                        request,
                        bytes -> writer.write(LogsChunk.newBuilder()
                                .setBytes(UnsafeByteOperations.unsafeWrap(bytes))
                                .build()));
            }
            writer.complete();
        } catch (InterruptedException | CancellationException e) {
            // the reader went away
        } catch (RuntimeException e) {
            writer.fail(RpcErrors.toStatus(e));
        }
    }

    private Container attachable(String id) {
        var container = containers.get(id);
        if (container.journal().state().released()) {
            throw ErrorCode.NO_SUCH_CONTAINER.with(id);
        }
        return container;
    }
}
