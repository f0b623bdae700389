package dev.gantry.agent.journal;

import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.linux.launch.ContainerState.ProcessIdentity;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * A further process of a container: noted, launched, ended.
 *
 * @param id 64 hex digits
 * @param createdAt nanoseconds since the epoch
 * @param process once it was launched
 * @param exitCode once it ended or failed to start
 * @param endedAt nanoseconds since the epoch, 0 before
 */
public record ExecRecord(
        String id,
        CreateExecRequest request,
        long createdAt,
        Optional<Launched> process,
        Optional<Integer> exitCode,
        long endedAt) {

    /** @param bootId after a reboot the pid is somebody else's */
    public record Launched(ProcessIdentity identity, String bootId) {}

    static ExecRecord created(String id, CreateExecRequest request, long at) {
        return new ExecRecord(id, request, at, Optional.empty(), Optional.empty(), 0);
    }

    /** Whether its process may be there. */
    public boolean running() {
        return process.isPresent() && exitCode.isEmpty();
    }

    /** Whether it can still be started. */
    public boolean fresh() {
        return process.isEmpty() && exitCode.isEmpty();
    }

    ExecRecord launched(Launched now) {
        return new ExecRecord(id, request, createdAt, Optional.of(now), exitCode, endedAt);
    }

    ExecRecord ended(int code, long at) {
        return new ExecRecord(id, request, createdAt, process, Optional.of(code), at);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(id);
        var bytes = request.toByteArray();
        out.writeInt(bytes.length);
        out.write(bytes);
        out.writeLong(createdAt);
        out.writeBoolean(process.isPresent());
        if (process.isPresent()) {
            write(process.get(), out);
        }
        out.writeBoolean(exitCode.isPresent());
        out.writeInt(exitCode.orElse(0));
        out.writeLong(endedAt);
    }

    static ExecRecord read(DataInputStream in) throws IOException {
        var id = in.readUTF();
        var request = CreateExecRequest.parseFrom(in.readNBytes(in.readInt()));
        var createdAt = in.readLong();
        var process = in.readBoolean() ? Optional.of(launched(in)) : Optional.<Launched>empty();
        var ended = in.readBoolean();
        var code = in.readInt();
        return new ExecRecord(
                id, request, createdAt, process, ended ? Optional.of(code) : Optional.empty(), in.readLong());
    }

    static void write(Launched process, DataOutputStream out) throws IOException {
        out.writeInt(process.identity().pid());
        out.writeLong(process.identity().startTime());
        out.writeUTF(process.bootId());
    }

    static Launched launched(DataInputStream in) throws IOException {
        return new Launched(new ProcessIdentity(in.readInt(), in.readLong()), in.readUTF());
    }
}
