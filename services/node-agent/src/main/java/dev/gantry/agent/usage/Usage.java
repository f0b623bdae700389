package dev.gantry.agent.usage;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.journal.EpochNanos;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.ProcessTable;
import dev.gantry.contracts.rpc.UsageSample;
import dev.gantry.linux.cgroup.CgroupDetail;
import dev.gantry.linux.cgroup.CgroupStats;
import dev.gantry.linux.cgroup.Cgroups;
import dev.gantry.linux.cgroup.ContainerCgroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Looks at running containers; of one that does not run there is nothing to be seen. */
public final class Usage {
    private static final Path PROC = Path.of("/proc");

    /** Whose interfaces are the host's, or nobody's, has no counters of its own. */
    private static final Set<NetworkPlan.Mode> COUNTED = EnumSet.of(NetworkPlan.Mode.BRIDGED, NetworkPlan.Mode.SHARED);

    private final Containers containers;
    private final Cgroups cgroups;

    public Usage(Containers containers, Cgroups cgroups) {
        this.containers = containers;
        this.cgroups = cgroups;
    }

    /** @throws dev.gantry.contracts.error.GantryException NOT_RUNNING; what ps complains of */
    public ProcessTable processes(String id, String arguments) throws InterruptedException {
        return Processes.of(group(running(id)), arguments);
    }

    /** @throws dev.gantry.contracts.error.GantryException NOT_RUNNING */
    public UsageSample sample(String id) {
        var container = running(id);
        var group = group(container);
        var sample = UsageSample.newBuilder().setAt(EpochNanos.now());
        count(sample, group.stats());
        detail(sample, group.detail());
        host(sample);
        sample.addAllInterfaces(interfaces(container));
        return sample.build();
    }

    private void count(UsageSample.Builder sample, CgroupStats stats) {
        sample.setCpu(stats.cpuNanos())
                .setCpuUser(stats.cpuUserNanos())
                .setCpuSystem(stats.cpuSystemNanos())
                .setPeriods(stats.periods())
                .setThrottledPeriods(stats.throttledPeriods())
                .setThrottled(stats.throttledNanos())
                .setMemory(stats.memoryBytes())
                .setMemoryLimit(stats.memoryLimitBytes())
                .setMemoryFailures(stats.memoryFailures())
                .setPids(stats.pids())
                .setPidsLimit(stats.pidsLimit());
        if (cgroups.version() == Cgroups.Version.V1) {
            sample.setMemoryMax(stats.memoryMaxBytes());
        }
    }

    private static void detail(UsageSample.Builder sample, CgroupDetail detail) {
        sample.addAllPerCpu(detail.perCpuNanos()).putAllMemoryDetail(detail.memory());
        for (var io : detail.io()) {
            var entry = UsageSample.BlockIo.newBuilder()
                    .setMajor(io.major())
                    .setMinor(io.minor())
                    .setOperation(io.operation())
                    .setValue(io.value());
            switch (io.unit()) {
                case BYTES -> sample.addIoBytes(entry);
                case OPERATIONS -> sample.addIoOperations(entry);
            }
        }
    }

    private static void host(UsageSample.Builder sample) {
        var stat = read(PROC.resolve("stat"));
        sample.setHostCpu(HostCounters.cpu(stat)).setCpus(HostCounters.cpus(stat));
        if (sample.getMemoryLimit() == Long.MAX_VALUE) {
            sample.setMemoryLimit(HostCounters.memory(read(PROC.resolve("meminfo"))));
        }
    }

    private static List<UsageSample.Interface> interfaces(Container container) {
        var counted = container
                .journal()
                .state()
                .start()
                .filter(order -> COUNTED.contains(order.getStart().getNetwork().getMode()))
                .isPresent();
        return container
                .run()
                .filter(_ -> counted)
                .map(run -> HostCounters.interfaces(
                        read(PROC.resolve(Integer.toString(run.pid())).resolve("net/dev"))))
                .orElse(List.of());
    }

    private Container running(String id) {
        return containers
                .find(id)
                .filter(one -> one.run().isPresent())
                .orElseThrow(() -> ErrorCode.NOT_RUNNING.with(id));
    }

    private ContainerCgroup group(Container container) {
        return cgroups.find(container.id()).orElseThrow(() -> ErrorCode.NOT_RUNNING.with(container.id()));
    }

    /** What is not there any more tells nothing. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
