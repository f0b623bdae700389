package dev.gantry.agent.plan;

import java.util.Set;

/**
 * The fields of a create request whose effect this agent (or the service in its name) builds, by their names in the Engine API. The
 * gateway refuses a value other than the neutral one for any field that is not here; its table is tested against this one.
 */
public final class HonouredFields {
    public static final Set<String> CONTAINER_CONFIG = Set.of(
            "AttachStderr",
            "AttachStdin",
            "AttachStdout",
            "Cmd",
            "Domainname",
            "Entrypoint",
            "Env",
            "ExposedPorts",
            "Hostname",
            "Image",
            "Labels",
            "MacAddress", // in the plan that network-service makes
            "OpenStdin",
            "StdinOnce",
            "StopSignal",
            "StopTimeout",
            "Tty",
            "User",
            "Volumes",
            "WorkingDir");

    public static final Set<String> HOST_CONFIG = Set.of(
            "AutoRemove",
            "Binds",
            "CapAdd",
            "CapDrop",
            "CgroupnsMode",
            "ConsoleSize",
            "CpuPeriod",
            "CpuQuota",
            "CpuShares",
            "CpusetCpus",
            "CpusetMems",
            "Dns",
            "DnsOptions",
            "DnsSearch",
            "ExtraHosts",
            "GroupAdd",
            "LogConfig", // json-file and none, without options
            "MaskedPaths",
            "Memory",
            "MemoryReservation",
            "MemorySwap",
            "Mounts", // bind, volume, tmpfs
            "NanoCpus",
            "NetworkMode", // bridge, none, host, container:ID
            "OomKillDisable",
            "OomScoreAdj",
            "PidsLimit",
            "PortBindings", // in network-service's plan
            "Privileged",
            "PublishAllPorts",
            "ReadonlyPaths",
            "ReadonlyRootfs",
            "RestartPolicy",
            "SecurityOpt", // no-new-privileges, seccomp; label=disable has nothing to disable
            "ShmSize",
            "Sysctls",
            "Tmpfs",
            "Ulimits",
            "VolumeDriver", // local
            "VolumesFrom");

    private HonouredFields() {}
}
