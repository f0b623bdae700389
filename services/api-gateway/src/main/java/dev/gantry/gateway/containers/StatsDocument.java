package dev.gantry.gateway.containers;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.GoTime;
import dev.gantry.contracts.docker.container.BlkioEntry;
import dev.gantry.contracts.docker.container.BlkioStats;
import dev.gantry.contracts.docker.container.ContainerStats;
import dev.gantry.contracts.docker.container.CpuStats;
import dev.gantry.contracts.docker.container.CpuUsage;
import dev.gantry.contracts.docker.container.MemoryStats;
import dev.gantry.contracts.docker.container.NetworkStats;
import dev.gantry.contracts.docker.container.PidsStats;
import dev.gantry.contracts.docker.container.StorageStats;
import dev.gantry.contracts.docker.container.ThrottlingData;
import dev.gantry.contracts.rpc.UsageSample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A sample in Docker's shape. */
final class StatsDocument {
    private static final StorageStats NO_STORAGE = DockerJson.empty(StorageStats.class);
    private static final BlkioStats NO_DEVICES = new BlkioStats(null, null, null, null, null, null, null, null);

    private StatsDocument() {}

    /** Of a container that does not run. */
    static ContainerStats zeros(String name, String id) {
        var none = DockerJson.empty(CpuStats.class);
        return new ContainerStats(
                name,
                id,
                GoTime.ZERO,
                GoTime.ZERO,
                new PidsStats(0, 0),
                NO_DEVICES,
                0,
                NO_STORAGE,
                none,
                none,
                DockerJson.empty(MemoryStats.class),
                null);
    }

    /** @param before the sample before it, by which clients tell how busy it is; zeros when there is none */
    static ContainerStats of(String name, String id, UsageSample sample, ContainerStats before) {
        return new ContainerStats(
                name,
                id,
                Instant.ofEpochSecond(0, sample.getAt()),
                before.read(),
                new PidsStats(sample.getPids(), sample.getPidsLimit()),
                devices(sample),
                0,
                NO_STORAGE,
                cpu(sample),
                before.cpuStats(),
                memory(sample),
                networks(sample));
    }

    private static CpuStats cpu(UsageSample sample) {
        var usage = new CpuUsage(
                sample.getCpu(),
                sample.getPerCpuCount() == 0 ? null : List.copyOf(sample.getPerCpuList()),
                sample.getCpuSystem(),
                sample.getCpuUser());
        return new CpuStats(
                usage,
                sample.getHostCpu(),
                sample.getCpus(),
                new ThrottlingData(sample.getPeriods(), sample.getThrottledPeriods(), sample.getThrottled()));
    }

    private static MemoryStats memory(UsageSample sample) {
        return new MemoryStats(
                sample.getMemory(),
                sample.getMemoryMax(),
                new TreeMap<>(sample.getMemoryDetailMap()),
                sample.getMemoryFailures(),
                sample.getMemoryLimit(),
                0,
                0,
                0);
    }

    private static @org.jspecify.annotations.Nullable Map<String, NetworkStats> networks(UsageSample sample) {
        if (sample.getInterfacesCount() == 0) {
            return null;
        }
        var networks = new TreeMap<String, NetworkStats>();
        for (var one : sample.getInterfacesList()) {
            networks.put(
                    one.getName(),
                    new NetworkStats(
                            one.getRxBytes(),
                            one.getRxPackets(),
                            one.getRxErrors(),
                            one.getRxDropped(),
                            one.getTxBytes(),
                            one.getTxPackets(),
                            one.getTxErrors(),
                            one.getTxDropped(),
                            "",
                            ""));
        }
        return networks;
    }

    private static BlkioStats devices(UsageSample sample) {
        return new BlkioStats(
                entries(sample.getIoBytesList()),
                entries(sample.getIoOperationsList()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static List<BlkioEntry> entries(List<UsageSample.BlockIo> counted) {
        return counted.stream()
                .map(one -> new BlkioEntry(one.getMajor(), one.getMinor(), one.getOperation(), one.getValue()))
                .toList();
    }
}
