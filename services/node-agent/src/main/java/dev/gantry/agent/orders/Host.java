package dev.gantry.agent.orders;

import dev.gantry.agent.layers.LayerStore;
import dev.gantry.agent.rootfs.RootFilesystems;
import dev.gantry.agent.rootfs.UserLookup;
import dev.gantry.agent.volumes.MountSources;
import dev.gantry.linux.capability.CapabilitySet;
import dev.gantry.linux.cgroup.Cgroups;
import dev.gantry.linux.launch.Launcher;

/**
 * What this host gives to a start.
 *
 * @param capabilities the agent's own
 * @param bootId {@code /proc/sys/kernel/random/boot_id}
 */
public record Host(
        Cgroups cgroups,
        LayerStore layers,
        RootFilesystems roots,
        UserLookup users,
        MountSources mounts,
        Launcher launcher,
        CapabilitySet capabilities,
        String hostname,
        String bootId) {}
