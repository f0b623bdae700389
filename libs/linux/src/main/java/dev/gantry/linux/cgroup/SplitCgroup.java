package dev.gantry.linux.cgroup;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A container's groups in the hierarchies of version 1. */
final class SplitCgroup implements ContainerCgroup {
    private final CgroupTree tree;
    private final String container;
    private final Map<Controller, Path> groups;

    SplitCgroup(CgroupTree tree, String container, Map<Controller, Path> groups) {
        this.tree = tree;
        this.container = container;
        this.groups = groups;
    }

    @Override
    public String container() {
        return container;
    }

    @Override
    public CgroupEntry entry() {
        return new CgroupEntry.Tasks(groups.values().stream()
                .distinct()
                .map(group -> group.resolve("tasks"))
                .toList());
    }

    @Override
    public void update(Limits changed) {
        cpuset(changed);
        cpu(changed);
        memory(changed);
        pids(changed);
    }

    private void cpuset(Limits limits) {
        if (limits.limitsCpuset()) {
            set(Controller.CPUSET, "cpuset.cpus", limits.cpusetCpus());
            set(Controller.CPUSET, "cpuset.mems", limits.cpusetMems());
        }
    }

    private void cpu(Limits limits) {
        if (limits.cpuShares() != 0) {
            set(Controller.CPU, "cpu.shares", limits.cpuShares());
        }
        limits.period().ifPresent(period -> set(Controller.CPU, "cpu.cfs_period_us", period));
        limits.quota().ifPresent(quota -> set(Controller.CPU, "cpu.cfs_quota_us", quota));
    }

    /** Memory and swap together may never be less than memory alone, so which one is written first depends. */
    private void memory(Limits limits) {
        boolean swapFirst = limits.memory() != 0
                && limits.memorySwap() != 0
                && limit("memory.memsw.limit_in_bytes") < unsigned(limits.memory());
        if (swapFirst) {
            swap(limits);
        }
        if (limits.memory() != 0) {
            set(Controller.MEMORY, "memory.limit_in_bytes", limits.memory());
        }
        if (!swapFirst) {
            swap(limits);
        }
        if (limits.memoryReservation() != 0) {
            set(Controller.MEMORY, "memory.soft_limit_in_bytes", limits.memoryReservation());
        }
        if (limits.oomKillDisable()) {
            set(Controller.MEMORY, "memory.oom_control", 1);
        }
    }

    private void swap(Limits limits) {
        // A kernel without swap accounting has no such file; Docker lets that pass as well.
        if (limits.memorySwap() != 0
                && file(Controller.MEMORY, "memory.memsw.limit_in_bytes")
                        .filter(tree::exists)
                        .isPresent()) {
            set(Controller.MEMORY, "memory.memsw.limit_in_bytes", limits.memorySwap());
        }
    }

    private void pids(Limits limits) {
        if (limits.pids() != 0) {
            set(Controller.PIDS, "pids.max", limits.pids() < 0 ? "max" : Long.toString(limits.pids()));
        }
    }

    /** Devices are closed by default once, when the group is new. */
    void devices(DeviceAccess access) {
        if (access.everything()) {
            set(Controller.DEVICES, "devices.allow", "a");
            return;
        }
        set(Controller.DEVICES, "devices.deny", "a");
        file(Controller.DEVICES, "devices.allow")
                .filter(_ -> !access.allowed().isEmpty())
                .ifPresent(file -> tree.write(
                        file,
                        access.allowed().stream()
                                .map(DeviceAccess.Rule::toString)
                                .toList()));
    }

    @Override
    public CgroupStats stats() {
        var cpu = keyed(Controller.CPU, "cpu.stat");
        return new CgroupStats(
                number(Controller.CPUACCT, "cpuacct.usage"),
                number(Controller.CPUACCT, "cpuacct.usage_user"),
                number(Controller.CPUACCT, "cpuacct.usage_sys"),
                cpu.value("nr_periods"),
                cpu.value("nr_throttled"),
                cpu.value("throttled_time"),
                number(Controller.MEMORY, "memory.usage_in_bytes"),
                number(Controller.MEMORY, "memory.max_usage_in_bytes"),
                limit("memory.limit_in_bytes"),
                number(Controller.MEMORY, "memory.failcnt"),
                keyed(Controller.MEMORY, "memory.stat").value("total_inactive_file"),
                number(Controller.PIDS, "pids.current"),
                pidsLimit());
    }

    @Override
    public CgroupDetail detail() {
        var perCpu = read(Controller.CPUACCT, "cpuacct.usage_percpu").orElse("");
        return new CgroupDetail(
                Stream.of(perCpu.split(" ", -1))
                        .filter(one -> !one.isBlank())
                        .map(KeyedText::number)
                        .toList(),
                keyed(Controller.MEMORY, "memory.stat").all(),
                Stream.of(CgroupDetail.Unit.values()).flatMap(this::io).toList());
    }

    private Stream<CgroupDetail.BlockIo> io(CgroupDetail.Unit unit) {
        var file = switch (unit) {
            case BYTES -> "blkio.throttle.io_service_bytes_recursive";
            case OPERATIONS -> "blkio.throttle.io_serviced_recursive";
        };
        return BlockIoText.split(unit, read(Controller.BLKIO, file).orElse("")).stream();
    }

    private long pidsLimit() {
        long most = number(Controller.PIDS, "pids.max");
        return most == Long.MAX_VALUE ? 0 : most;
    }

    /** No limit is the greatest multiple of a page. */
    private long limit(String file) {
        long value = read(Controller.MEMORY, file).map(KeyedText::number).orElse(Long.MAX_VALUE);
        return value >= Long.MAX_VALUE - 0xffff ? Long.MAX_VALUE : value;
    }

    private static long unsigned(long limit) {
        return limit < 0 ? Long.MAX_VALUE : limit;
    }

    @Override
    public long oomKills() {
        return keyed(Controller.MEMORY, "memory.oom_control").value("oom_kill");
    }

    /** An eventfd registered in cgroup.event_control (memory.rst, section 10). */
    @Override
    public Fd oomEvents(Kernel kernel) {
        var control = file(Controller.MEMORY, "memory.oom_control")
                .orElseThrow(() -> new CgroupException("the host has no cgroup controller memory"));
        var events = Fd.own(kernel, kernel.eventfd(FileCalls.O_NONBLOCK));
        try (var watched = Fd.own(kernel, kernel.open(control.toString(), FileCalls.O_RDONLY, 0))) {
            tree.write(control.resolveSibling("cgroup.event_control"), events.number() + " " + watched.number());
            return events;
        } catch (KernelException e) {
            events.close();
            throw new CgroupException("watch " + control + ": " + e.getMessage(), e);
        } catch (CgroupException e) {
            events.close();
            throw e;
        }
    }

    @Override
    public List<Integer> processes() {
        // The last one that a process enters: who is in it is in all of them, and freezing covers it.
        return groups.values().stream()
                .reduce((_, last) -> last)
                .flatMap(group -> tree.read(group.resolve("cgroup.procs")))
                .map(text -> text.lines().map(Integer::valueOf).toList())
                .orElse(List.of());
    }

    @Override
    public void killAll() {
        // Frozen processes can neither fork nor give their pid to another before the signal is sent.
        if (groups.containsKey(Controller.FREEZER)) {
            freeze();
        }
        try {
            processes().forEach(SplitCgroup::kill);
        } finally {
            thaw();
        }
    }

    private static void kill(int pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public void freeze() {
        new Freezer(tree, container).await(file(Controller.FREEZER, "freezer.state"), "FROZEN", "FROZEN");
    }

    @Override
    public void thaw() {
        file(Controller.FREEZER, "freezer.state").filter(tree::exists).ifPresent(file -> tree.write(file, "THAWED"));
    }

    @Override
    public boolean frozen() {
        return read(Controller.FREEZER, "freezer.state")
                .filter(state -> !state.equals("THAWED"))
                .isPresent();
    }

    private void set(Controller controller, String name, long value) {
        set(controller, name, Long.toString(value));
    }

    private void set(Controller controller, String name, String value) {
        if (!value.isEmpty()) {
            tree.write(
                    file(controller, name)
                            .orElseThrow(() -> new CgroupException("limit of container " + container
                                    + " cannot be set: the host has no cgroup controller " + controller.directory())),
                    value);
        }
    }

    private long number(Controller controller, String name) {
        return read(controller, name).map(KeyedText::number).orElse(0L);
    }

    private KeyedText keyed(Controller controller, String name) {
        return new KeyedText(read(controller, name).orElse(""));
    }

    private Optional<String> read(Controller controller, String name) {
        return file(controller, name).flatMap(tree::read);
    }

    private Optional<Path> file(Controller controller, String name) {
        return Optional.ofNullable(groups.get(controller)).map(group -> group.resolve(name));
    }
}
