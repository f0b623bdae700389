package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.Buildable;
import dev.gantry.contracts.docker.OmitEmpty;
import dev.gantry.contracts.docker.OmitNull;
import dev.gantry.contracts.docker.StringOrList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a container meets its host: limits, mounts, ports, privileges. What the engine of API 1.51 knows is here,
 * built or not; a field it does not know is ignored by the codec, as the engine does, because a client that knows
 * more fields also asks for a newer API version, which is refused before any body is read.
 */
@Buildable
public record HostConfig(
        @JsonProperty("Binds") @Nullable List<String> binds,
        @JsonProperty("ContainerIDFile") String containerIdFile,
        @JsonProperty("LogConfig") LogConfig logConfig,
        @JsonProperty("NetworkMode") String networkMode,
        @JsonProperty("PortBindings") @Nullable Map<String, @Nullable List<PortBinding>> portBindings,
        @JsonProperty("RestartPolicy") RestartPolicy restartPolicy,
        @JsonProperty("AutoRemove") boolean autoRemove,
        @JsonProperty("VolumeDriver") String volumeDriver,
        @JsonProperty("VolumesFrom") @Nullable List<String> volumesFrom,
        @JsonProperty("ConsoleSize") ConsoleSize consoleSize,
        @OmitEmpty @JsonProperty("Annotations") @Nullable Map<String, String> annotations,
        @StringOrList @JsonProperty("CapAdd") @Nullable List<String> capAdd,
        @StringOrList @JsonProperty("CapDrop") @Nullable List<String> capDrop,
        @JsonProperty("CgroupnsMode") String cgroupnsMode,
        @JsonProperty("Dns") @Nullable List<String> dns,
        @JsonProperty("DnsOptions") @Nullable List<String> dnsOptions,
        @JsonProperty("DnsSearch") @Nullable List<String> dnsSearch,
        @JsonProperty("ExtraHosts") @Nullable List<String> extraHosts,
        @JsonProperty("GroupAdd") @Nullable List<String> groupAdd,
        @JsonProperty("IpcMode") String ipcMode,
        @JsonProperty("Cgroup") String cgroup,
        @JsonProperty("Links") @Nullable List<String> links,
        @JsonProperty("OomScoreAdj") int oomScoreAdj,
        @JsonProperty("PidMode") String pidMode,
        @JsonProperty("Privileged") boolean privileged,
        @JsonProperty("PublishAllPorts") boolean publishAllPorts,
        @JsonProperty("ReadonlyRootfs") boolean readonlyRootfs,
        @JsonProperty("SecurityOpt") @Nullable List<String> securityOpt,
        @OmitEmpty @JsonProperty("StorageOpt") @Nullable Map<String, String> storageOpt,
        @OmitEmpty @JsonProperty("Tmpfs") @Nullable Map<String, String> tmpfs,
        @JsonProperty("UTSMode") String utsMode,
        @JsonProperty("UsernsMode") String usernsMode,
        @JsonProperty("ShmSize") long shmSize,
        @OmitEmpty @JsonProperty("Sysctls") @Nullable Map<String, String> sysctls,
        @OmitEmpty @JsonProperty("Runtime") String runtime,
        @JsonProperty("Isolation") String isolation,
        @JsonProperty("CpuShares") long cpuShares,
        @JsonProperty("Memory") long memory,
        @JsonProperty("NanoCpus") long nanoCpus,
        @JsonProperty("CgroupParent") String cgroupParent,
        @JsonProperty("BlkioWeight") int blkioWeight,
        @JsonProperty("BlkioWeightDevice") @Nullable List<WeightDevice> blkioWeightDevice,
        @JsonProperty("BlkioDeviceReadBps") @Nullable List<ThrottleDevice> blkioDeviceReadBps,
        @JsonProperty("BlkioDeviceWriteBps") @Nullable List<ThrottleDevice> blkioDeviceWriteBps,
        @JsonProperty("BlkioDeviceReadIOps") @Nullable List<ThrottleDevice> blkioDeviceReadIops,
        @JsonProperty("BlkioDeviceWriteIOps") @Nullable List<ThrottleDevice> blkioDeviceWriteIops,
        @JsonProperty("CpuPeriod") long cpuPeriod,
        @JsonProperty("CpuQuota") long cpuQuota,
        @JsonProperty("CpuRealtimePeriod") long cpuRealtimePeriod,
        @JsonProperty("CpuRealtimeRuntime") long cpuRealtimeRuntime,
        @JsonProperty("CpusetCpus") String cpusetCpus,
        @JsonProperty("CpusetMems") String cpusetMems,
        @JsonProperty("Devices") @Nullable List<DeviceMapping> devices,
        @JsonProperty("DeviceCgroupRules") @Nullable List<String> deviceCgroupRules,
        @JsonProperty("DeviceRequests") @Nullable List<DeviceRequest> deviceRequests,
        @OmitEmpty @JsonProperty("KernelMemoryTCP") long kernelMemoryTcp,
        @JsonProperty("MemoryReservation") long memoryReservation,
        @JsonProperty("MemorySwap") long memorySwap,
        @JsonProperty("MemorySwappiness") @Nullable Long memorySwappiness,
        @JsonProperty("OomKillDisable") @Nullable Boolean oomKillDisable,
        @JsonProperty("PidsLimit") @Nullable Long pidsLimit,
        @JsonProperty("Ulimits") @Nullable List<Ulimit> ulimits,
        @JsonProperty("CpuCount") long cpuCount,
        @JsonProperty("CpuPercent") long cpuPercent,
        @JsonProperty("IOMaximumIOps") long ioMaximumIops,
        @JsonProperty("IOMaximumBandwidth") long ioMaximumBandwidth,
        @OmitEmpty @JsonProperty("Mounts") @Nullable List<Mount> mounts,
        @JsonProperty("MaskedPaths") @Nullable List<String> maskedPaths,
        @JsonProperty("ReadonlyPaths") @Nullable List<String> readonlyPaths,
        @OmitNull @JsonProperty("Init") @Nullable Boolean init) {}
