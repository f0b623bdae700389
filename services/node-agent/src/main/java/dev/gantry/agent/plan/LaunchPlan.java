package dev.gantry.agent.plan;

import static dev.gantry.agent.plan.Texts.list;
import static dev.gantry.agent.plan.Texts.orElse;

import dev.gantry.agent.rootfs.ContainerUser;
import dev.gantry.agent.rootfs.NameSettings;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.Ulimit;
import dev.gantry.contracts.docker.mount.ContainerMounts;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.linux.MountCalls;
import dev.gantry.linux.capability.CapabilityRequest;
import dev.gantry.linux.capability.CapabilitySet;
import dev.gantry.linux.capability.InvalidCapabilityException;
import dev.gantry.linux.cgroup.CgroupEntry;
import dev.gantry.linux.launch.Capabilities;
import dev.gantry.linux.launch.Identity;
import dev.gantry.linux.launch.LaunchSpec;
import dev.gantry.linux.launch.Mount;
import dev.gantry.linux.launch.Namespaces;
import dev.gantry.linux.launch.NetworkNamespace;
import dev.gantry.linux.launch.Program;
import dev.gantry.linux.launch.Rlimit;
import dev.gantry.linux.launch.Root;
import dev.gantry.linux.launch.Stdio;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a container's documents come to on this host.
 *
 * @param available the agent's own capabilities: nobody can give what he has not
 * @param hostname of the host, for containers on its network
 */
public record LaunchPlan(
        String id,
        ContainerConfig config,
        HostConfig host,
        NetworkPlan network,
        List<MountPlan> mounts,
        CapabilitySet available,
        String hostname) {
    private static final String HOST_GATEWAY = "host-gateway";
    private static final long DEFAULT_SHM = 64L << 20;
    private static final int SHORT_ID = 12;

    /**
     * What exists by the time of the launch.
     *
     * @param network the namespace it is to live in
     * @param nameFiles on the host, by where they appear in the container
     * @param mounts those that the container's user asked for, see {@link MountsOf}
     */
    public record Prepared(
            Root root,
            ContainerUser user,
            Optional<CgroupEntry> cgroup,
            NetworkNamespace network,
            Map<String, Path> nameFiles,
            List<Mount> mounts,
            Path exitFile) {
        public Prepared {
            mounts = List.copyOf(mounts);
        }
    }

    public LaunchPlan {
        mounts = List.copyOf(mounts);
    }

    public LaunchSpec spec(Prepared prepared) {
        var masked = Optional.ofNullable(host.maskedPaths());
        var readOnly = Optional.ofNullable(host.readonlyPaths());
        return new LaunchSpec(
                program(prepared.user()),
                prepared.root(),
                allMounts(prepared),
                masked.orElseGet(() -> host.privileged() ? List.of() : Mount.defaultMaskedPaths()),
                readOnly.orElseGet(() -> host.privileged() ? List.of() : Mount.defaultReadOnlyPaths()),
                Texts.map(host.sysctls()),
                namespaces(prepared.network()),
                prepared.cgroup(),
                Optional.empty(),
                stdio(),
                prepared.exitFile());
    }

    /** Entrypoint and Cmd, as the image's defaults have been merged in. */
    public List<String> command() {
        var command = new ArrayList<>(list(config.entrypoint()));
        command.addAll(list(config.cmd()));
        if (command.isEmpty()) {
            throw ErrorCode.NO_COMMAND.with();
        }
        return command;
    }

    /** What the container calls its host: its own name, its short id, or the host's name on the host's network. */
    public String containerHostname() {
        return orElse(
                config.hostname(), network.getMode() == NetworkPlan.Mode.HOST ? hostname : id.substring(0, SHORT_ID));
    }

    /** What goes into hosts, hostname and resolv.conf. */
    public NameSettings names() {
        return new NameSettings(
                containerHostname(),
                config.domainname(),
                addresses().toList(),
                extraHosts(),
                list(host.dns()),
                list(host.dnsSearch()),
                list(host.dnsOptions()),
                network.getMode() == NetworkPlan.Mode.HOST);
    }

    private Stream<String> addresses() {
        return network.getEndpointsList().stream()
                .flatMap(endpoint -> Stream.of(endpoint.getAddress(), endpoint.getAddress6()))
                .filter(address -> !address.isEmpty())
                .map(LaunchPlan::withoutLength);
    }

    /** With the names that its networks give it besides its host name. */
    private List<String> extraHosts() {
        var aliases = network.getEndpointsList().stream()
                .flatMap(endpoint -> endpoint.getAliasesList().stream()
                        .map(alias -> alias + ":" + withoutLength(endpoint.getAddress())));
        return Stream.concat(list(host.extraHosts()).stream().flatMap(this::resolved), aliases)
                .toList();
    }

    /** {@code host-gateway} is the host as the container reaches it, by its bridge. Where it cannot, there is no such line. */
    private Stream<String> resolved(String entry) {
        if (!entry.endsWith(HOST_GATEWAY)) {
            return Stream.of(entry);
        }
        var name = entry.substring(0, entry.length() - HOST_GATEWAY.length());
        var hosts = network.getMode() == NetworkPlan.Mode.HOST
                ? Stream.of("127.0.0.1")
                : network.getEndpointsList().stream()
                        .limit(1)
                        .map(endpoint -> withoutLength(endpoint.getBridge().getAddress()));
        return hosts.map(address -> name + address);
    }

    private static String withoutLength(String cidr) {
        return cidr.substring(0, cidr.indexOf('/'));
    }

    Program program(ContainerUser user) {
        var capabilities = capabilities();
        var security = SecurityOptions.parse(list(host.securityOpt()), host.privileged());
        return new Program(
                command(),
                Environment.of(list(config.env()), containerHostname(), config.tty(), user.home()),
                orElse(config.workingDir(), "/"),
                new Identity(user.uid(), user.gid(), user.groups()),
                of(capabilities, user),
                security.filter(capabilities),
                security.noNewPrivileges(),
                list(host.ulimits()).stream().map(LaunchPlan::rlimit).toList(),
                Program.DEFAULT_UMASK,
                host.oomScoreAdj());
    }

    private CapabilitySet capabilities() {
        try {
            return new CapabilityRequest(list(host.capAdd()), list(host.capDrop()), host.privileged())
                    .resolve(available);
        } catch (InvalidCapabilityException e) {
            throw ErrorCode.INVALID_PARAMETER
                    .with(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    /** Another user than root has only the bounding set, as in Docker: execve would take the others away. */
    static Capabilities of(CapabilitySet set, ContainerUser user) {
        return user.uid() == 0 ? Capabilities.uniform(set.bits()) : new Capabilities(set.bits(), 0, 0, 0, 0);
    }

    private static Rlimit rlimit(Ulimit limit) {
        return new Rlimit(Rlimit.resource(limit.name()), limit.soft(), limit.hard());
    }

    private List<Mount> allMounts(Prepared prepared) {
        var all = new ArrayList<Mount>();
        for (var mount : Mount.standard(host.shmSize() > 0 ? host.shmSize() : DEFAULT_SHM)) {
            all.add(host.privileged() ? writable(mount) : mount);
        }
        all.addAll(ContainerMounts.deepestLast(own(prepared), Mount::target));
        return all;
    }

    /** A volume at /etc comes before the hosts file in it, and one at /etc/hosts in place of it. */
    private static List<Mount> own(Prepared prepared) {
        var own = new ArrayList<>(prepared.mounts());
        var taken = own.stream().map(Mount::target).collect(Collectors.toSet());
        prepared.nameFiles().forEach((target, source) -> {
            if (!taken.contains(target)) {
                own.add(new Mount.Bind(source, target, false, false));
            }
        });
        return own;
    }

    /** A privileged container may write to /sys. */
    private static Mount writable(Mount mount) {
        return mount instanceof Mount.Filesystem(var type, var target, var options, var attributes)
                ? new Mount.Filesystem(type, target, options, attributes & ~MountCalls.MOUNT_ATTR_RDONLY)
                : mount;
    }

    private Namespaces namespaces(NetworkNamespace net) {
        var ownCgroup = host.cgroupnsMode().equals("private");
        return new Namespaces(net, true, true, true, ownCgroup, containerHostname(), config.domainname());
    }

    private Stdio stdio() {
        if (!config.tty()) {
            return new Stdio.Pipes(config.openStdin());
        }
        var size = host.consoleSize();
        return new Stdio.Terminal(new Stdio.WindowSize(size.height(), size.width()));
    }
}
