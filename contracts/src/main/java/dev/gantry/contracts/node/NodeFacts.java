package dev.gantry.contracts.node;

import dev.gantry.contracts.docker.Buildable;
import java.util.List;

/**
 * The facts of one host, as its agent says hello: what placement decides on and what {@code GET /info} and {@code GET /version} answer.
 * Carried as JSON by {@link dev.gantry.contracts.docker.DockerJson}; a fact that an older agent does not know is its zero value.
 *
 * @param architecture as the kernel names it ({@code x86_64}), {@code uname(2)}
 * @param platform in OCI's words ({@code linux/amd64})
 * @param operatingSystem PRETTY_NAME of {@code os-release(5)}
 * @param osVersion VERSION_ID of {@code os-release(5)}
 * @param memoryBytes MemTotal
 * @param cgroupVersion 1 or 2
 * @param cgroupDriver {@code cgroupfs} or {@code systemd}
 * @param cgroupControllers the controllers an agent may use: cpu, cpuset, memory, pids, io (blkio), ...
 * @param swapLimit whether swap can be limited
 * @param oomKillDisable whether the OOM killer can be switched off (cgroup v1 only)
 * @param blkioWeight whether block I/O weights are supported
 * @param storageStatus pairs for {@code DriverStatus}
 * @param securityOptions as {@code /info} has them: {@code name=seccomp,profile=builtin}
 * @param runtime the name and version of what runs containers
 * @param uid of the running agent's user
 */
@Buildable
public record NodeFacts(
        String name,
        String agentVersion,
        String kernelVersion,
        String operatingSystem,
        String osVersion,
        String osType,
        String architecture,
        String platform,
        int cpus,
        long memoryBytes,
        int cgroupVersion,
        String cgroupDriver,
        List<String> cgroupControllers,
        boolean memoryLimit,
        boolean swapLimit,
        boolean kernelMemoryTcp,
        boolean cpuCfs,
        boolean cpuShares,
        boolean cpuset,
        boolean pidsLimit,
        boolean oomKillDisable,
        boolean blkioWeight,
        boolean ipv4Forwarding,
        String storageDriver,
        List<List<String>> storageStatus,
        String dataRoot,
        List<String> securityOptions,
        List<String> logDrivers,
        List<String> volumeDrivers,
        List<String> networkDrivers,
        String runtime,
        String runtimeVersion,
        String firewall,
        int uid,
        List<String> warnings) {}
