package dev.gantry.agent.plan;

import dev.gantry.agent.volumes.OpenMounts;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.linux.MountCalls;
import dev.gantry.linux.launch.Mount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The mounts that a container's user asked for, as the launch makes them. Pure. */
public final class MountsOf {
    private static final String PROC = "/proc";

    /** Files that others than the kernel may stand in for (runc's {@code checkProcMount}). */
    private static final Set<String> INSIDE_PROC = Set.of(
            "/proc/cpuinfo",
            "/proc/diskstats",
            "/proc/meminfo",
            "/proc/stat",
            "/proc/swaps",
            "/proc/uptime",
            "/proc/loadavg",
            "/proc/slabinfo",
            "/proc/net/dev",
            "/proc/sys/kernel/ns_last_pid",
            "/proc/sys/crypto/fips_enabled");

    /** What an option changes: the bits it sets and those it takes away. */
    private record Flag(long set, long clear) {}

    private static final Map<String, Flag> FLAGS = Map.ofEntries(
            Map.entry("ro", new Flag(MountCalls.MOUNT_ATTR_RDONLY, 0)),
            Map.entry("rw", new Flag(0, MountCalls.MOUNT_ATTR_RDONLY)),
            Map.entry("nosuid", new Flag(MountCalls.MOUNT_ATTR_NOSUID, 0)),
            Map.entry("suid", new Flag(0, MountCalls.MOUNT_ATTR_NOSUID)),
            Map.entry("nodev", new Flag(MountCalls.MOUNT_ATTR_NODEV, 0)),
            Map.entry("dev", new Flag(0, MountCalls.MOUNT_ATTR_NODEV)),
            Map.entry("noexec", new Flag(MountCalls.MOUNT_ATTR_NOEXEC, 0)),
            Map.entry("exec", new Flag(0, MountCalls.MOUNT_ATTR_NOEXEC)),
            Map.entry("noatime", new Flag(MountCalls.MOUNT_ATTR_NOATIME, MountCalls.MOUNT_ATTR_STRICTATIME)),
            Map.entry("atime", new Flag(0, MountCalls.MOUNT_ATTR_NOATIME)),
            Map.entry("strictatime", new Flag(MountCalls.MOUNT_ATTR_STRICTATIME, MountCalls.MOUNT_ATTR_NOATIME)),
            Map.entry("nodiratime", new Flag(MountCalls.MOUNT_ATTR_NODIRATIME, 0)),
            Map.entry("diratime", new Flag(0, MountCalls.MOUNT_ATTR_NODIRATIME)));

    private static final Set<String> DATA = Set.of("size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol");

    private MountsOf() {}

    /** @throws dev.gantry.contracts.error.GantryException for a place where nobody may mount anything */
    public static List<Mount> of(List<MountPlan> plans, OpenMounts open) {
        return plans.stream().map(plan -> mount(plan, open)).toList();
    }

    private static Mount mount(MountPlan plan, OpenMounts open) {
        refuseProc(plan);
        return switch (plan.getType()) {
            case "bind", "volume" -> bind(plan, open);
            case "tmpfs" -> tmpfs(plan, open);
            default -> throw ErrorCode.INVALID_PARAMETER.with("unknown mount type " + plan.getType());
        };
    }

    /** Whoever could put a file of his own there could have the monitor or another program believe it (CVE-2019-16884). */
    private static void refuseProc(MountPlan plan) {
        var target = plan.getTarget();
        var itself = target.equals(PROC) && !plan.getSource().equals(PROC);
        if (itself || (target.startsWith(PROC + "/") && !INSIDE_PROC.contains(target))) {
            throw ErrorCode.START_FAILED.with("\"" + target + "\" cannot be mounted because it is inside /proc");
        }
    }

    private static Mount bind(MountPlan plan, OpenMounts open) {
        var source = open.sources().get(plan.getTarget());
        if (source == null) {
            throw new IllegalArgumentException("nothing was opened for " + plan.getTarget());
        }
        var words = plan.getOptionsList();
        return new Mount.Bind(
                source,
                plan.getTarget(),
                plan.getReadOnly(),
                !words.contains("bind"),
                propagation(words),
                words.contains("rro"));
    }

    private static Mount.Propagation propagation(List<String> words) {
        for (var propagation : Mount.Propagation.values()) {
            if (words.contains(propagation.name().toLowerCase(Locale.ROOT))) {
                return propagation;
            }
        }
        return Mount.Propagation.RPRIVATE;
    }

    /** A later option wins over an earlier one. */
    private static Mount tmpfs(MountPlan plan, OpenMounts open) {
        Map<String, String> data = new LinkedHashMap<>();
        var covered = open.modes().get(plan.getTarget());
        if (covered != null) {
            data.put("mode", Integer.toOctalString(covered));
        }
        var attributes = plan.getReadOnly() ? MountCalls.MOUNT_ATTR_RDONLY : 0;
        for (var option : plan.getOptionsList()) {
            var split = option.split("=", 2);
            var flag = FLAGS.get(option);
            if (flag != null) {
                attributes = (attributes & ~flag.clear()) | flag.set();
            } else if (split.length == 2 && DATA.contains(split[0])) {
                data.put(split[0], split[1]);
            } // what is left has no meaning for a tmpfs of one's own: propagation, sync, relatime
        }
        return new Mount.Filesystem("tmpfs", plan.getTarget(), data, attributes);
    }
}
