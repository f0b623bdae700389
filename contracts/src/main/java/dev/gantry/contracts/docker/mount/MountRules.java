package dev.gantry.contracts.docker.mount;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.BindOptions;
import dev.gantry.contracts.docker.container.Mount;
import dev.gantry.contracts.docker.container.TmpfsOptions;
import dev.gantry.contracts.docker.container.VolumeOptions;
import dev.gantry.contracts.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What Docker refuses in one mount (moby's {@code validateMountConfigImpl}), and what the host is told of one. */
final class MountRules {
    private static final String DEFAULT_PROPAGATION = "rprivate";
    private static final Set<String> TMPFS_OPTIONS = Set.of("exec", "noexec", "rw", "ro");

    private MountRules() {}

    /** @throws dev.gantry.contracts.error.GantryException 400 {@code invalid mount config for type ...} */
    static void check(Mount mount) {
        if (mount.target().isEmpty()) {
            throw refused(mount, "field Target must not be empty");
        }
        if (HostPath.clean(mount.target()).equals("/")) {
            throw refused(mount, "invalid specification: destination can't be '/'");
        }
        absolute(mount, mount.target());
        switch (mount.type()) {
            case PlannedMount.BIND -> bind(mount);
            case PlannedMount.VOLUME -> volume(mount);
            case PlannedMount.TMPFS -> tmpfs(mount);
            case "image", "cluster", "npipe" -> throw ErrorCode.NOT_IMPLEMENTED.with("a mount of type " + mount.type());
            default -> throw refused(mount, "mount type unknown");
        }
    }

    private static void absolute(Mount mount, String path) {
        if (!path.startsWith("/")) {
            throw refused(mount, "invalid mount path: '" + path + "' mount path must be absolute");
        }
    }

    private static void bind(Mount mount) {
        if (mount.source().isEmpty()) {
            throw refused(mount, "field Source must not be empty");
        }
        BindOptions options = mount.bindOptions();
        if (options != null) {
            bind(mount, options);
        }
        without(mount, mount.volumeOptions(), "VolumeOptions");
        without(mount, mount.imageOptions(), "ImageOptions");
        absolute(mount, mount.source());
    }

    private static void bind(Mount mount, BindOptions options) {
        if (!options.propagation().isEmpty() && !MountMode.PROPAGATIONS.contains(options.propagation())) {
            throw refused(mount, "invalid propagation mode: " + options.propagation());
        }
        if (!mount.readOnly() && options.readOnlyNonRecursive()) {
            throw conflict("!ReadOnly && BindOptions.ReadOnlyNonRecursive");
        }
        if (!mount.readOnly() && options.readOnlyForceRecursive()) {
            throw conflict("!ReadOnly && BindOptions.ReadOnlyForceRecursive");
        }
        if (options.readOnlyNonRecursive() && options.readOnlyForceRecursive()) {
            throw conflict("ReadOnlyNonRecursive && BindOptions.ReadOnlyForceRecursive");
        }
    }

    private static RuntimeException conflict(String what) {
        return ErrorCode.INVALID_PARAMETER.with("mount options conflict: " + what);
    }

    private static void volume(Mount mount) {
        without(mount, mount.bindOptions(), "BindOptions");
        without(mount, mount.imageOptions(), "ImageOptions");
        VolumeOptions options = mount.volumeOptions();
        if (options != null && !options.subpath().isEmpty() && !HostPath.local(options.subpath())) {
            throw refused(mount, "subpath must be a relative path within the volume");
        }
        if (mount.source().isEmpty() && mount.readOnly()) {
            throw refused(mount, "must not set ReadOnly mode when using anonymous volumes");
        }
    }

    private static void tmpfs(Mount mount) {
        without(mount, mount.bindOptions(), "BindOptions");
        without(mount, mount.volumeOptions(), "VolumeOptions");
        without(mount, mount.imageOptions(), "ImageOptions");
        if (!mount.source().isEmpty()) {
            throw refused(mount, "field Source must not be specified");
        }
        TmpfsOptions options = mount.tmpfsOptions();
        if (options != null) {
            tmpfs(mount, options);
        }
    }

    private static void tmpfs(Mount mount, TmpfsOptions options) {
        if (options.sizeBytes() < 0) {
            throw refused(mount, "invalid tmpfs size: " + options.sizeBytes());
        }
        for (List<String> option : Empty.ifNull(options.options())) {
            if (option.size() != 1 || !TMPFS_OPTIONS.contains(option.getFirst())) {
                throw refused(mount, "invalid tmpfs option: " + String.join("=", option));
            }
        }
    }

    private static void without(Mount mount, @org.jspecify.annotations.Nullable Object options, String field) {
        if (options != null) {
            throw refused(mount, "field " + field + " must not be specified");
        }
    }

    static RuntimeException refused(Mount mount, String why) {
        return ErrorCode.INVALID_MOUNT.with(mount.type(), why);
    }

    static String propagation(Mount mount) {
        BindOptions options = mount.bindOptions();
        return options == null || options.propagation().isEmpty() ? DEFAULT_PROPAGATION : options.propagation();
    }

    /** Of a bind or a volume. What is mounted below a read-only one is read-only as well, unless asked otherwise. */
    static List<String> options(Mount mount) {
        BindOptions options = mount.bindOptions();
        boolean shallow = options != null && options.nonRecursive();
        List<String> words = new ArrayList<>(List.of(shallow ? "bind" : "rbind", propagation(mount)));
        if (mount.readOnly() && (options == null || !options.readOnlyNonRecursive())) {
            words.add("rro");
        }
        return words;
    }

    /** Of a tmpfs: on top of {@link TmpfsText#DEFAULTS}. */
    static List<String> tmpfsOptions(Mount mount) {
        List<String> words = new ArrayList<>(TmpfsText.DEFAULTS);
        if (mount.readOnly()) {
            words.add("ro");
        }
        TmpfsOptions options = mount.tmpfsOptions();
        if (options != null) {
            if (options.mode() != 0) {
                words.add("mode=" + Integer.toOctalString(options.mode()));
            }
            if (options.sizeBytes() != 0) {
                words.add("size=" + options.sizeBytes());
            }
            Empty.ifNull(options.options()).forEach(words::addAll);
        }
        return words;
    }
}
