package dev.gantry.agent.journal;

import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.UpdateOrder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of a journal: per entry its payload's length, the payload's CRC-32C and the payload, which begins with the entry's tag. A tag
 * keeps its number and its meaning for ever; new kinds get new numbers.
 */
final class EntryCodec {
    private static final int HEADER = 8;
    private static final int MAX_PAYLOAD = 16 << 20;

    /** The entries of a file, and up to which byte it is whole. */
    record Read(List<Entry> entries, int length) {}

    private EntryCodec() {}

    static ByteBuffer encode(Entry entry) {
        var payload = payload(entry);
        var bytes = ByteBuffer.allocate(HEADER + payload.length);
        return bytes.putInt(payload.length)
                .putInt(checksum(payload))
                .put(payload)
                .flip();
    }

    /** Reads until the first entry that is torn: what a crash cut off was never answered to anyone. */
    static Read decode(byte[] file) {
        var entries = new ArrayList<Entry>();
        var bytes = ByteBuffer.wrap(file);
        while (bytes.remaining() >= HEADER) {
            var length = bytes.getInt(bytes.position());
            if (length < 1 || length > MAX_PAYLOAD || length > bytes.remaining() - HEADER) {
                break;
            }
            var payload = new byte[length];
            bytes.get(bytes.position() + HEADER, payload);
            if (checksum(payload) != bytes.getInt(bytes.position() + 4)) {
                break;
            }
            entries.add(parse(payload));
            bytes.position(bytes.position() + HEADER + length);
        }
        return new Read(entries, bytes.position());
    }

    private static int checksum(byte[] payload) {
        var crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }

    private static byte[] payload(Entry entry) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            switch (entry) {
                case Entry.Accepted(var order) -> tagged(out, 1).write(order.toByteArray());
                case Entry.Launched(var process) -> process.write(tagged(out, 2));
                case Entry.Answered(var outcome) -> tagged(out, 3).write(outcome.toByteArray());
                case Entry.Observed(var observation) -> tagged(out, 4).write(observation.toByteArray());
                case Entry.Cleaned() -> tagged(out, 5);
                case Entry.Acknowledged(var sequence) -> tagged(out, 6).writeLong(sequence);
                case Entry.Released(var at) -> tagged(out, 7).writeLong(at);
                case Entry.Undone() -> tagged(out, 9);
                case Entry.Updated(var order) -> tagged(out, 13).write(order.toByteArray());
                case Entry.Rebooted() -> tagged(out, 14);
                case Entry.Snapshot(var state) -> StateCodec.write(state, tagged(out, 8));
                case Entry.ExecCreated(var id, var request, var at) -> {
                    tagged(out, 10).writeUTF(id);
                    out.writeLong(at);
                    out.write(request.toByteArray());
                }
                case Entry.ExecLaunched(var id, var process) -> {
                    tagged(out, 11).writeUTF(id);
                    ExecRecord.write(process, out);
                }
                case Entry.ExecFailed(var id, var code, var at) -> {
                    tagged(out, 12).writeUTF(id);
                    out.writeInt(code);
                    out.writeLong(at);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not reached: bytes in memory
        }
        return bytes.toByteArray();
    }

    private static DataOutputStream tagged(DataOutputStream out, int tag) throws IOException {
        out.writeByte(tag);
        return out;
    }

    private static Entry parse(byte[] payload) {
        try (var in = new DataInputStream(new ByteArrayInputStream(payload))) {
            var tag = in.readByte();
            return switch (tag) {
                case 1 -> new Entry.Accepted(Order.parseFrom(in));
                case 2 -> new Entry.Launched(LaunchedProcess.read(in));
                case 3 -> new Entry.Answered(Outcome.parseFrom(in));
                case 4 -> new Entry.Observed(Observation.parseFrom(in));
                case 5 -> new Entry.Cleaned();
                case 6 -> new Entry.Acknowledged(in.readLong());
                case 7 -> new Entry.Released(in.readLong());
                case 8 -> new Entry.Snapshot(StateCodec.read(in));
                case 9 -> new Entry.Undone();
                case 10 -> execCreated(in);
                case 11 -> new Entry.ExecLaunched(in.readUTF(), ExecRecord.launched(in));
                case 12 -> new Entry.ExecFailed(in.readUTF(), in.readInt(), in.readLong());
                case 13 -> new Entry.Updated(UpdateOrder.parseFrom(in));
                case 14 -> new Entry.Rebooted();
                default -> throw new IOException("unknown journal entry " + tag + ": written by a newer agent");
            };
        } catch (IOException e) {
            throw new UncheckedIOException("unreadable journal entry whose checksum is right", e);
        }
    }

    private static Entry execCreated(DataInputStream in) throws IOException {
        var id = in.readUTF();
        var at = in.readLong();
        return new Entry.ExecCreated(id, CreateExecRequest.parseFrom(in), at);
    }
}
