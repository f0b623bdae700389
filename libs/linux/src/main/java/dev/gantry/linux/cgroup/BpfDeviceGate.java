package dev.gantry.linux.cgroup;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Sys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Loads a device program and attaches it to a group (bpf(2)); it stays as long as the group does. Needs Linux 4.15 and CAP_SYS_ADMIN or CAP_BPF with CAP_NET_ADMIN. */
final class BpfDeviceGate implements DeviceGate {
    private static final int BPF_PROG_LOAD = 5;
    private static final int BPF_PROG_ATTACH = 8;
    private static final int BPF_PROG_TYPE_CGROUP_DEVICE = 15;
    private static final int BPF_CGROUP_DEVICE = 6;
    private static final int BPF_F_ALLOW_MULTI = 2;
    private static final int PROT_READ = 1;
    private static final int MAP_SHARED = 1;
    private static final int ATTRIBUTE_BYTES = 128;
    /** The program calls no helper, so any licence does; one must be named. */
    private static final byte[] LICENSE = "Apache\0".getBytes(StandardCharsets.US_ASCII);

    private final Kernel kernel;

    BpfDeviceGate(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public void close(Path group, DeviceAccess access) {
        try (var program = load(DeviceProgram.of(access));
                var directory = Fd.own(kernel, kernel.open(group.toString(), FileCalls.O_DIRECTORY, 0))) {
            // BPF_F_ALLOW_MULTI: the host's manager may have a program of its own above, then both must permit.
            var attribute = attribute(fields -> fields.putInt(directory.number())
                    .putInt(program.number())
                    .putInt(BPF_CGROUP_DEVICE)
                    .putInt(BPF_F_ALLOW_MULTI));
            kernel.call(Sys.BPF, BPF_PROG_ATTACH, attribute, attribute.length);
        } catch (KernelException e) {
            throw new CgroupException("attach device filter to " + group + ": " + e.getMessage(), e);
        }
    }

    /** The struct points to the instructions, so they are put where their address is known: into a mapped memfd. */
    private Fd load(byte[] instructions) {
        try (var memory = Fd.own(kernel, kernel.memfdCreate("devices", FileCalls.MFD_CLOEXEC))) {
            kernel.pwrite(memory.number(), instructions, 0);
            kernel.pwrite(memory.number(), LICENSE, instructions.length);
            long length = (long) instructions.length + LICENSE.length;
            long address = kernel.call(Sys.MMAP, 0, length, PROT_READ, MAP_SHARED, memory, 0);
            try {
                return Fd.own(kernel, load(address, instructions.length));
            } finally {
                kernel.call(Sys.MUNMAP, address, length);
            }
        }
    }

    private int load(long address, int length) {
        var attribute = attribute(fields -> fields.putInt(BPF_PROG_TYPE_CGROUP_DEVICE)
                .putInt(length / Long.BYTES)
                .putLong(address)
                .putLong(address + length));
        return (int) kernel.call(Sys.BPF, BPF_PROG_LOAD, attribute, attribute.length);
    }

    private static byte[] attribute(Consumer<ByteBuffer> fields) {
        var bytes = new byte[ATTRIBUTE_BYTES];
        fields.accept(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
        return bytes;
    }
}
