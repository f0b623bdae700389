package dev.gantry.agent.journal;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The bytes of a snapshot. */
final class StateCodec {
    private StateCodec() {}

    static void write(ContainerState state, DataOutputStream out) throws IOException {
        message(state.order(), out);
        message(state.outcome(), out);
        message(state.start(), out);
        out.writeBoolean(state.process().isPresent());
        if (state.process().isPresent()) {
            state.process().get().write(out);
        }
        out.writeBoolean(state.exited());
        out.writeBoolean(state.cleaned());
        out.writeLong(state.sequence());
        out.writeInt(state.unacknowledged().size());
        for (var observation : state.unacknowledged()) {
            message(Optional.of(observation), out);
        }
        out.writeBoolean(state.releasedAt().isPresent());
        out.writeLong(state.releasedAt().orElse(0L));
        out.writeInt(state.execs().size());
        for (var exec : state.execs().values()) {
            exec.write(out);
        }
        state.restart().write(out);
    }

    static ContainerState read(DataInputStream in) throws IOException {
        var order = message(Order.parser(), in);
        var outcome = message(Outcome.parser(), in);
        var start = message(Order.parser(), in);
        var process = in.readBoolean() ? Optional.of(LaunchedProcess.read(in)) : Optional.<LaunchedProcess>empty();
        var exited = in.readBoolean();
        var cleaned = in.readBoolean();
        var sequence = in.readLong();
        var unacknowledged = new ArrayList<Observation>();
        for (var left = in.readInt(); left > 0; left--) {
            unacknowledged.add(message(Observation.parser(), in).orElseThrow());
        }
        var released = in.readBoolean();
        var at = in.readLong();
        return new ContainerState(
                order,
                outcome,
                start,
                process,
                exited,
                cleaned,
                sequence,
                unacknowledged,
                released ? Optional.of(at) : Optional.empty(),
                execs(in),
                RestartState.read(in));
    }

    /** A snapshot of an older agent ends before them. */
    private static Map<String, ExecRecord> execs(DataInputStream in) throws IOException {
        var execs = new HashMap<String, ExecRecord>();
        for (var left = in.available() > 0 ? in.readInt() : 0; left > 0; left--) {
            var exec = ExecRecord.read(in);
            execs.put(exec.id(), exec);
        }
        return execs;
    }

    private static void message(Optional<? extends MessageLite> message, DataOutputStream out) throws IOException {
        var bytes = message.map(MessageLite::toByteArray);
        out.writeInt(bytes.map(b -> b.length).orElse(-1));
        if (bytes.isPresent()) {
            out.write(bytes.get());
        }
    }

    private static <T> Optional<T> message(Parser<T> parser, DataInputStream in) throws IOException {
        var length = in.readInt();
        return length < 0 ? Optional.empty() : Optional.of(parser.parseFrom(in.readNBytes(length)));
    }
}
