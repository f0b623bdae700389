package dev.gantry.agent.archive;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.container.Run;
import dev.gantry.agent.layers.Layer;
import dev.gantry.agent.orders.Host;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.ContainerFiles;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.oci.digest.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The root of a container for the time of one call. One that runs is seen through its first process, with all that is mounted in it. Of one that does not,
 * the image and its changes are mounted, attached nowhere, so that the mount goes with its descriptor, also when the agent is killed; a path
 * below a volume or bind leads straight to that.
 */
final class ContainerRoots {
    private final Kernel kernel;
    private final Containers containers;
    private final Host host;
    private final Function<String, Path> volumes;

    /** @param volumes where on this host a volume's files are */
    ContainerRoots(Kernel kernel, Containers containers, Host host, Function<String, Path> volumes) {
        this.kernel = kernel;
        this.containers = containers;
        this.host = host;
        this.volumes = volumes;
    }

    /**
     * A root, and where in it the path is.
     *
     * @param lock held while nobody else may mount the same root
     */
    record Place(Inside inside, InnerPath path, Runnable lock) implements AutoCloseable {
        @Override
        public void close() {
            try {
                inside.root().close();
            } finally {
                lock.run();
            }
        }
    }

    /** For reading. */
    Place toRead(ContainerFiles files, InnerPath path) throws InterruptedException {
        Optional<Place> running = running(files, path);
        if (running.isPresent()) {
            return running.get();
        }
        Optional<Place> mounted = mounted(files, path);
        return mounted.isPresent()
                ? mounted.get()
                : place(host.roots().view(files.getContainer(), layers(files)), path, () -> {});
    }

    /**
     * For writing. The container cannot start before it is closed, since no two mounts may change one root.
     *
     * @throws dev.gantry.contracts.error.GantryException ROOT_READ_ONLY, MOUNT_READ_ONLY
     */
    Place toWrite(ContainerFiles files, InnerPath path) throws InterruptedException {
        refuseReadOnly(files, path);
        List<Path> layers = layers(files); // before anything is held: fetching may take minutes
        Container container = containers.get(files.getContainer());
        container.transition().lock();
        boolean kept = false;
        try {
            if (container.journal().state().released()) {
                throw ErrorCode.NO_SUCH_CONTAINER.with(files.getReference());
            }
            Optional<Place> place = running(files, path).or(() -> mounted(files, path));
            if (place.isPresent()) {
                return place.get();
            }
            Place root = place(host.roots().prepare(container.id(), layers), path, container.transition()::unlock);
            kept = true;
            return root;
        } finally {
            if (!kept) {
                container.transition().unlock();
            }
        }
    }

    private static void refuseReadOnly(ContainerFiles files, InnerPath path) {
        Optional<MountPlan> mount = mount(files, path);
        if (mount.isPresent() && mount.get().getReadOnly()) {
            throw ErrorCode.MOUNT_READ_ONLY.with();
        }
        if (mount.isEmpty() && files.getReadOnly()) {
            throw ErrorCode.ROOT_READ_ONLY.with();
        }
    }

    /** The root without what is mounted in it, for reading. */
    Place bare(ContainerFiles files) throws InterruptedException {
        InnerPath path = InnerPath.parse("/");
        Optional<Place> running = running(files, path);
        return running.isPresent()
                ? running.get()
                : place(host.roots().view(files.getContainer(), layers(files)), path, () -> {});
    }

    private Place place(Fd root, InnerPath path, Runnable lock) {
        return new Place(new Inside(kernel, root), path, lock);
    }

    /** A number may be another process's by now; while its descriptor says that it lives, it is not. */
    private Optional<Place> running(ContainerFiles files, InnerPath path) {
        Optional<Run> run = containers.find(files.getContainer()).flatMap(Container::run);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        try {
            Fd root = Fd.own(
                    kernel,
                    kernel.open("/proc/" + run.get().pid() + "/root", FileCalls.O_PATH | FileCalls.O_DIRECTORY, 0));
            if (run.get().signal(0)) {
                return Optional.of(place(root, path, () -> {}));
            }
            root.close();
        } catch (KernelException e) {
            if (!e.is(Errno.ENOENT) && !e.is(Errno.ESRCH)) {
                throw e;
            }
        }
        return Optional.empty();
    }

    private static Optional<MountPlan> mount(ContainerFiles files, InnerPath path) {
        return files.getMountsList().stream()
                .filter(mount -> path.below(InnerPath.parse(mount.getTarget())).isPresent())
                .max(Comparator.comparingInt(
                        mount -> InnerPath.parse(mount.getTarget()).parts().size()));
    }

    /** Inside a volume or bind of a container that does not run. */
    private Optional<Place> mounted(ContainerFiles files, InnerPath path) {
        Optional<MountPlan> mount = mount(files, path);
        Optional<Path> source = mount.flatMap(this::source);
        if (mount.isEmpty() || source.isEmpty()) {
            return Optional.empty();
        }
        InnerPath rest = path.below(InnerPath.parse(mount.get().getTarget())).orElseThrow();
        return Files.isDirectory(source.get())
                ? Optional.of(place(opened(source.get()), rest.under(mount.get().getSubpath()), () -> {}))
                : Optional.empty();
    }

    private Optional<Path> source(MountPlan mount) {
        return switch (mount.getType()) {
            case "bind" -> Optional.of(Path.of(mount.getSource()));
            case "volume" -> Optional.of(volumes.apply(mount.getSource()));
            default -> Optional.empty(); // a tmpfs is gone with the run
        };
    }

    private Fd opened(Path directory) {
        return Fd.own(kernel, kernel.open(directory.toString(), FileCalls.O_PATH | FileCalls.O_DIRECTORY, 0));
    }

    List<Path> layers(ContainerFiles files) throws InterruptedException {
        return host.layers()
                .ensure(files.getImage().getLayersList().stream()
                        .map(layer -> new Layer(
                                Digest.parse(layer.getDiffId()), Digest.parse(layer.getDigest()), layer.getSize()))
                        .toList());
    }
}
