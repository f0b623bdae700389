package dev.gantry.linux.cgroup;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Sys;
import java.nio.file.Path;
import java.util.List;

/** A container's group in the hierarchy of version 2. */
final class UnifiedCgroup implements ContainerCgroup {
    private static final String MAX = "max";
    private static final long MICROSECOND = 1_000;
    private static final int IN_MODIFY = 2;

    private final CgroupTree tree;
    private final String container;
    private final Path group;

    UnifiedCgroup(CgroupTree tree, String container, Path group) {
        this.tree = tree;
        this.container = container;
        this.group = group;
    }

    @Override
    public String container() {
        return container;
    }

    @Override
    public CgroupEntry entry() {
        return new CgroupEntry.Directory(group);
    }

    @Override
    public void update(Limits changed) {
        if (changed.limitsCpuset()) {
            set("cpuset.cpus", changed.cpusetCpus());
            set("cpuset.mems", changed.cpusetMems());
        }
        if (changed.cpuShares() != 0) {
            set("cpu.weight", Long.toString(weight(changed.cpuShares())));
        }
        cpuMax(changed);
        memory(changed);
        if (changed.pids() != 0) {
            set("pids.max", limit(changed.pids()));
        }
    }

    /** Shares 2 to 262144 on weights 1 to 10000, as runc maps them. */
    static long weight(long shares) {
        long bounded = Math.clamp(shares, 2, 262_144);
        return 1 + (bounded - 2) * 9_999 / 262_142;
    }

    private void cpuMax(Limits limits) {
        if (limits.quota().isEmpty() && limits.period().isEmpty()) {
            return;
        }
        var now = tree.read(group.resolve("cpu.max")).orElse("max 100000");
        int space = now.indexOf(' ');
        var quota = limits.quota().isPresent() ? limit(limits.quota().getAsLong()) : now.substring(0, space);
        var period =
                limits.period().isPresent() ? Long.toString(limits.period().getAsLong()) : now.substring(space + 1);
        set("cpu.max", quota + " " + period);
    }

    /** Docker's swap counts memory and swap together, this version's file swap alone. */
    private void memory(Limits limits) {
        if (limits.memorySwap() != 0 && tree.exists(group.resolve("memory.swap.max"))) {
            set("memory.swap.max", swap(limits));
        }
        if (limits.memory() != 0) {
            set("memory.max", limit(limits.memory()));
        }
        if (limits.memoryReservation() != 0) {
            set("memory.low", limit(limits.memoryReservation()));
        }
        if (limits.oomKillDisable()) {
            throw new CgroupException("container " + container + ": cgroup v2 cannot disable the out-of-memory killer");
        }
    }

    private static String swap(Limits limits) {
        if (limits.memorySwap() < 0 || limits.memory() <= 0) {
            return MAX;
        }
        if (limits.memorySwap() < limits.memory()) {
            throw new CgroupException("memory and swap together, " + limits.memorySwap()
                    + " bytes, are less than memory alone, " + limits.memory() + " bytes");
        }
        return Long.toString(limits.memorySwap() - limits.memory());
    }

    private static String limit(long value) {
        return value < 0 ? MAX : Long.toString(value);
    }

    @Override
    public CgroupStats stats() {
        var cpu = keyed("cpu.stat");
        var memory = keyed("memory.stat");
        long pids = number("pids.max", Long.MAX_VALUE);
        return new CgroupStats(
                cpu.value("usage_usec") * MICROSECOND,
                cpu.value("user_usec") * MICROSECOND,
                cpu.value("system_usec") * MICROSECOND,
                cpu.value("nr_periods"),
                cpu.value("nr_throttled"),
                cpu.value("throttled_usec") * MICROSECOND,
                number("memory.current", 0),
                number("memory.peak", 0),
                number("memory.max", Long.MAX_VALUE),
                keyed("memory.events").value("max"),
                memory.value("inactive_file"),
                number("pids.current", 0),
                pids == Long.MAX_VALUE ? 0 : pids);
    }

    @Override
    public CgroupDetail detail() {
        return new CgroupDetail(
                List.of(),
                keyed("memory.stat").all(),
                BlockIoText.unified(tree.read(group.resolve("io.stat")).orElse("")));
    }

    @Override
    public long oomKills() {
        return keyed("memory.events").value("oom_kill");
    }

    /** The kernel reports a change of memory.events as a modification of the file. */
    @Override
    public Fd oomEvents(Kernel kernel) {
        var watched = group.resolve("memory.events");
        var events = Fd.own(kernel, (int) kernel.call(Sys.INOTIFY_INIT1, FileCalls.O_NONBLOCK | FileCalls.O_CLOEXEC));
        try {
            kernel.call(Sys.INOTIFY_ADD_WATCH, events, watched.toString(), IN_MODIFY);
            return events;
        } catch (KernelException e) {
            events.close();
            throw new CgroupException("watch " + watched + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<Integer> processes() {
        return tree.read(group.resolve("cgroup.procs")).stream()
                .flatMap(String::lines)
                .map(Integer::valueOf)
                .toList();
    }

    @Override
    public void killAll() {
        set("cgroup.kill", "1");
    }

    @Override
    public void freeze() {
        set("cgroup.freeze", "1");
        new Freezer(tree, container).awaitFrozen(group.resolve("cgroup.events"));
    }

    @Override
    public void thaw() {
        set("cgroup.freeze", "0");
    }

    @Override
    public boolean frozen() {
        return number("cgroup.freeze", 0) == 1;
    }

    private void set(String name, String value) {
        if (!value.isEmpty()) {
            tree.write(group.resolve(name), value);
        }
    }

    private long number(String name, long missing) {
        return tree.read(group.resolve(name)).map(KeyedText::number).orElse(missing);
    }

    private KeyedText keyed(String name) {
        return new KeyedText(tree.read(group.resolve(name)).orElse(""));
    }
}
