package dev.gantry.agent.journal;

import dev.gantry.linux.launch.ContainerState.MonitorDescriptors;
import dev.gantry.linux.launch.ContainerState.ProcessIdentity;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A process that a start order made, and how the next agent finds it again.
 *
 * @param kernel what libs/linux wants back to take it over
 * @param bootId {@code /proc/sys/kernel/random/boot_id}: after a reboot the pids are somebody else's
 * @param startedAt nanoseconds since the epoch
 * @param memoryLimited whether running out of memory is to be looked out for
 */
public record LaunchedProcess(
        long generation,
        long run,
        dev.gantry.linux.launch.ContainerState kernel,
        String bootId,
        long startedAt,
        boolean memoryLimited) {

    public int pid() {
        return kernel.process().pid();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(generation);
        out.writeLong(run);
        write(kernel.monitor(), out);
        write(kernel.process(), out);
        write(kernel.descriptors(), out);
        out.writeUTF(kernel.exitFile());
        out.writeUTF(bootId);
        out.writeLong(startedAt);
        out.writeBoolean(memoryLimited);
    }

    static LaunchedProcess read(DataInputStream in) throws IOException {
        return new LaunchedProcess(
                in.readLong(),
                in.readLong(),
                new dev.gantry.linux.launch.ContainerState(identity(in), identity(in), descriptors(in), in.readUTF()),
                in.readUTF(),
                in.readLong(),
                in.readBoolean());
    }

    private static void write(ProcessIdentity process, DataOutputStream out) throws IOException {
        out.writeInt(process.pid());
        out.writeLong(process.startTime());
    }

    private static ProcessIdentity identity(DataInputStream in) throws IOException {
        return new ProcessIdentity(in.readInt(), in.readLong());
    }

    private static void write(MonitorDescriptors numbers, DataOutputStream out) throws IOException {
        out.writeInt(numbers.stdout());
        out.writeInt(numbers.stderr());
        out.writeInt(numbers.stdin());
        out.writeInt(numbers.inputClose());
        out.writeInt(numbers.release());
        out.writeInt(numbers.exit());
        out.writeBoolean(numbers.terminal());
    }

    private static MonitorDescriptors descriptors(DataInputStream in) throws IOException {
        return new MonitorDescriptors(
                in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readBoolean());
    }
}
