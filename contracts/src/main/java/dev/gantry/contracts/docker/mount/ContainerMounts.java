package dev.gantry.contracts.docker.mount;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.BindOptions;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.DriverConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.Mount;
import dev.gantry.contracts.docker.container.MountPoint;
import dev.gantry.contracts.docker.container.VolumeOptions;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The mount points of a new container, in Docker's order of precedence: those of other containers ({@code VolumesFrom}), then {@code
 * Binds}, {@code Mounts}, and the volumes of its configuration where nothing else is mounted (moby's {@code
 * registerMountPoints}).
 */
public final class ContainerMounts {
    private final HostConfig host;
    private final Supplier<String> names;
    private final Map<String, PlannedMount> planned = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();

    private ContainerMounts(HostConfig host, Supplier<String> names) {
        this.host = host;
        this.names = names;
    }

    /**
     * Decides them.
     *
     * @param config with the image's volumes merged in
     * @param others the mount points of another container, by its reference
     * @param names draws names of anonymous volumes
     * @return what lies deeper comes later
     * @throws GantryException in Docker's words, before anything has changed
     */
    public static List<PlannedMount> of(
            ContainerConfig config,
            HostConfig host,
            Function<String, List<PlannedMount>> others,
            Supplier<String> names) {
        Empty.ifNull(host.mounts()).forEach(MountRules::check);
        ContainerMounts mounts = new ContainerMounts(host, names);
        mounts.tmpfs(); // only to be checked: it is no mount point of Docker's
        Empty.ifNull(host.volumesFrom()).forEach(from -> mounts.take(from, others));
        Empty.ifNull(host.binds()).forEach(mounts::bind);
        Empty.ifNull(host.mounts()).forEach(mounts::mount);
        Empty.ifNull(config.volumes()).stream().sorted().forEach(mounts::volume);
        return deepestLast(List.copyOf(mounts.planned.values()), PlannedMount::destination);
    }

    /** What is mounted below another mount comes after it; otherwise the order stays. */
    public static <T> List<T> deepestLast(List<T> mounts, Function<T, String> destination) {
        return mounts.stream()
                .sorted(Comparator.comparingInt(mount -> HostPath.depth(destination.apply(mount))))
                .toList();
    }

    /** Whether a body may ask for mounts at all: most do not, and then nobody has to be asked about them. */
    public static boolean none(ContainerConfig config, HostConfig host) {
        return Empty.ifNull(host.binds()).isEmpty()
                && Empty.ifNull(host.mounts()).isEmpty()
                && Empty.ifNull(host.volumesFrom()).isEmpty()
                && Empty.ifNull(host.tmpfs()).isEmpty()
                && Empty.ifNull(config.volumes()).isEmpty();
    }

    /** {@code HostConfig.Tmpfs} by clean destination: the options of each. It hides a mount point at the same place. */
    public static Map<String, List<String>> tmpfs(HostConfig host) {
        Map<String, List<String>> tmpfs = new TreeMap<>();
        Empty.ifNull(host.tmpfs())
                .forEach((destination, options) ->
                        tmpfs.put(HostPath.clean(destination), TmpfsText.options(destination, options)));
        return tmpfs;
    }

    /** The sources on the host that have to be there already. */
    public static List<String> requiredSources(List<PlannedMount> mounts) {
        return mounts.stream()
                .filter(mount -> mount.is(PlannedMount.BIND) && !mount.makeSource())
                .map(mount -> mount.point().source())
                .toList();
    }

    /** What Docker says of one that is not. */
    public static GantryException missingSource(String path) {
        return ErrorCode.INVALID_MOUNT.with(PlannedMount.BIND, "bind source path does not exist: " + path);
    }

    private Map<String, List<String>> tmpfs() {
        return tmpfs(host);
    }

    private void take(String text, Function<String, List<PlannedMount>> others) {
        VolumesFrom from = VolumesFrom.parse(text);
        others.apply(from.container()).forEach(mount -> planned.put(mount.destination(), mount.taken(from.writable())));
    }

    private void bind(String text) {
        BindText bind = BindText.parse(text, host.volumeDriver());
        String destination = HostPath.clean(bind.mount().target());
        if (tmpfs().containsKey(destination)) {
            throw duplicate(destination);
        }
        add(bind.mount(), bind.mode(), true);
    }

    private void mount(Mount mount) {
        BindOptions options = mount.bindOptions();
        add(mount, "", options != null && options.createMountpoint());
    }

    private void add(Mount mount, String mode, boolean makeSource) {
        String destination = HostPath.clean(mount.target());
        if (!asked.add(destination)) {
            throw duplicate(destination);
        }
        planned.put(
                destination,
                switch (mount.type()) {
                    case PlannedMount.BIND -> bound(mount, mode, makeSource);
                    case PlannedMount.VOLUME -> ofVolume(mount, mode);
                    default ->
                        new PlannedMount(
                                point(mount, "", "", "", "", ""),
                                false,
                                false,
                                false,
                                "",
                                MountRules.tmpfsOptions(mount),
                                Map.of(),
                                null);
                });
    }

    private static GantryException duplicate(String destination) {
        return ErrorCode.INVALID_PARAMETER.with("Duplicate mount point: " + destination);
    }

    private static PlannedMount bound(Mount mount, String mode, boolean makeSource) {
        MountPoint point = point(mount, "", HostPath.clean(mount.source()), "", mode, MountRules.propagation(mount));
        return new PlannedMount(point, false, false, makeSource, "", MountRules.options(mount), Map.of(), null);
    }

    private PlannedMount ofVolume(Mount mount, String mode) {
        boolean anonymous = mount.source().isEmpty();
        String name = anonymous ? names.get() : VolumeName.checked(mount.source());
        VolumeOptions options = mount.volumeOptions();
        DriverConfig driver = options == null ? null : options.driverConfig();
        MountPoint point = point(
                mount,
                name,
                "",
                driver == null ? "" : driver.name(),
                mode.isEmpty() ? "z" : mode, // Docker's own word for the default
                "");
        return new PlannedMount(
                point,
                anonymous,
                options == null || !options.noCopy(),
                false,
                options == null ? "" : options.subpath(),
                MountRules.options(mount),
                driver == null ? Map.of() : Empty.ifNull(driver.options()),
                options == null ? null : options.labels());
    }

    private static MountPoint point(
            Mount mount, String name, String source, String driver, String mode, String propagation) {
        return new MountPoint(
                mount.type(),
                name,
                source,
                HostPath.clean(mount.target()),
                driver,
                mode,
                !mount.readOnly(),
                propagation);
    }

    /** A volume of the configuration: anonymous, unless something is mounted there already. */
    private void volume(String text) {
        if (!text.startsWith("/") || HostPath.clean(text).equals("/")) {
            throw ErrorCode.INVALID_VOLUME_SPEC.with("invalid volume specification: '" + text + "'");
        }
        String destination = HostPath.clean(text);
        if (planned.containsKey(destination) || tmpfs().containsKey(destination)) {
            return;
        }
        MountPoint point =
                new MountPoint(PlannedMount.VOLUME, names.get(), "", destination, host.volumeDriver(), "", true, "");
        planned.put(
                destination,
                new PlannedMount(point, true, true, false, "", List.of("rbind", "rprivate"), Map.of(), null));
    }
}
