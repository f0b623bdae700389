package dev.gantry.agent.volumes;

import dev.gantry.contracts.docker.mount.ContainerMounts;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes ready on this host what a container's mounts need: volumes made and filled, missing sources made. Calls wait for disks. */
public final class MountSources {
    private static final int PERMISSIONS = 07777;

    private final Kernel kernel;
    private final VolumeDirectories volumes;
    private final CopyUp copyUp;

    public MountSources(Kernel kernel, VolumeDirectories volumes) {
        this.kernel = kernel;
        this.volumes = volumes;
        this.copyUp = new CopyUp(kernel);
    }

    /**
     * All of a container's mounts, in their order.
     *
     * @param root of the container, as its image has it
     * @throws dev.gantry.contracts.error.GantryException when a source is missing that must not be
     */
    public OpenMounts open(Fd root, List<MountPlan> plans) {
        var open = new OpenMounts(new HashMap<>(), new HashMap<>(), new java.util.ArrayList<>());
        try {
            plans.forEach(plan -> open(root, plan, open));
            return open;
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    private void open(Fd root, MountPlan plan, OpenMounts open) {
        switch (plan.getType()) {
            case "bind" -> open.sources().put(plan.getTarget(), source(plan));
            case "volume" -> open.sources().put(plan.getTarget(), volume(root, plan, open));
            case "tmpfs" -> mode(root, plan.getTarget(), open.modes());
            default -> throw ErrorCode.INVALID_PARAMETER.with("unknown mount type " + plan.getType());
        }
    }

    private static Path source(MountPlan plan) {
        var source = absolute(plan.getSource());
        try {
            if (!Files.exists(source)) {
                if (!plan.getMakeSource()) {
                    throw ContainerMounts.missingSource(plan.getSource());
                }
                Files.createDirectories(source);
            }
            return source;
        } catch (IOException e) {
            throw new UncheckedIOException("make bind source " + source, e);
        }
    }

    /** Which of these paths of the host are not there; what cannot be a path is not. */
    public List<String> missing(List<String> paths) {
        return paths.stream()
                .filter(path -> {
                    try {
                        return !Files.exists(absolute(path));
                    } catch (dev.gantry.contracts.error.GantryException e) {
                        return true;
                    }
                })
                .toList();
    }

    private static Path absolute(String path) {
        try {
            var parsed = Path.of(path);
            if (parsed.isAbsolute()) {
                return parsed;
            }
        } catch (InvalidPathException e) {
            throw ErrorCode.INVALID_PARAMETER
                    .with("bind source " + e.getMessage())
                    .causedBy(e);
        }
        throw ErrorCode.INVALID_PARAMETER.with("bind source is not absolute: " + path);
    }

    private Path volume(Fd root, MountPlan plan, OpenMounts open) {
        var name = plan.getSource();
        var data = volumes.make(name);
        volumes.holding(name, () -> {
            copyUp.settle(volumes.directory(name));
            if (plan.getCopyUp()) {
                copyUp.fill(volumes.directory(name), root, plan.getTarget());
            }
            return name;
        });
        return plan.getSubpath().isEmpty() ? data : below(data, plan, open);
    }

    /** A stranger may have put links into the volume: they do not lead out of it. */
    private Path below(Path data, MountPlan plan, OpenMounts open) {
        try (var volume = Fd.own(kernel, kernel.open(data.toString(), FileCalls.O_PATH | FileCalls.O_DIRECTORY, 0))) {
            var resolve = FileCalls.RESOLVE_BENEATH | FileCalls.RESOLVE_NO_MAGICLINKS;
            var flags = FileCalls.O_PATH | FileCalls.O_CLOEXEC;
            var found = Fd.own(kernel, kernel.openat2(volume.number(), plan.getSubpath(), flags, 0, resolve));
            open.held().add(found);
            return Path.of("/proc/self/fd/" + found.number());
        } catch (KernelException e) {
            throw ErrorCode.START_FAILED
                    .with("subpath \"" + plan.getSubpath() + "\" of volume " + plan.getSource() + ": "
                            + Errno.text(e.errno()))
                    .causedBy(e);
        }
    }

    /** A tmpfs takes over the mode of the directory that it covers. */
    private void mode(Fd root, String target, Map<String, Integer> modes) {
        var flags = FileCalls.O_PATH | FileCalls.O_DIRECTORY | FileCalls.O_CLOEXEC;
        var resolve = FileCalls.RESOLVE_IN_ROOT | FileCalls.RESOLVE_NO_MAGICLINKS;
        try (var covered = Fd.own(kernel, kernel.openat2(root.number(), target, flags, 0, resolve))) {
            modes.put(target, kernel.modeOf(covered.number()) & PERMISSIONS);
        } catch (KernelException e) {
            if (!e.is(Errno.ENOENT)) { // nothing there: the launch makes it, and anything else is told there
                throw e;
            }
        }
    }
}
