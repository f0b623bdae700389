package dev.gantry.agent.archive;

import dev.gantry.agent.archive.ContainerRoots.Place;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.orders.Host;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.ChangedPaths.ChangedPath;
import dev.gantry.contracts.rpc.ContainerFiles;
import dev.gantry.contracts.rpc.PathQuery;
import dev.gantry.contracts.rpc.PathStat;
import dev.gantry.contracts.rpc.WriteArchiveOpen;
import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.oci.layer.BadLayerException;
import dev.gantry.oci.layer.Compression;
import dev.gantry.oci.layer.LayerLimits;
import dev.gantry.oci.layer.LayerPath;
import dev.gantry.oci.layer.LayerReader;
import dev.gantry.oci.layer.LayerWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looking at, reading and writing files of containers. Calls wait for disks: make them on platform threads. */
public final class Archives {
    private static final int MOST_LINKS = 40; // as the kernel follows

    private final Kernel kernel;
    private final Host host;
    private final ContainerRoots roots;

    /** @param volumes where on this host a volume's files are */
    public Archives(Kernel kernel, Containers containers, Host host, Function<String, Path> volumes) {
        this.kernel = kernel;
        this.host = host;
        this.roots = new ContainerRoots(kernel, containers, host, volumes);
    }

    /** Where an archive goes. */
    public interface Sink {
        /** First. */
        void stat(PathStat stat) throws IOException;

        /** Then its bytes. */
        OutputStream bytes();
    }

    /** Who is told of a change. */
    public interface Changed {
        void tell(ChangedPath change) throws InterruptedException;
    }

    /** @throws GantryException NO_SUCH_FILE */
    public PathStat stat(PathQuery query) throws IOException, InterruptedException {
        try (Place place = roots.toRead(query.getFiles(), InnerPath.parse(query.getPath()))) {
            return stat(place, query.getPath());
        } catch (KernelException e) {
            throw refusal(e, query.getPath(), query.getFiles());
        }
    }

    /** A file alone, or a directory with all below it, under its own name. */
    public void read(PathQuery query, Sink sink) throws IOException, InterruptedException {
        InnerPath path = InnerPath.parse(query.getPath());
        try (Place place = roots.toRead(query.getFiles(), path)) {
            PathStat stat = stat(place, query.getPath());
            sink.stat(stat);
            String name = path.name();
            boolean plain = !name.equals("/") && !name.equals(".");
            try (LayerWriter tar = new LayerWriter(sink.bytes(), plain ? "" : name.equals("/") ? "/" : "./")) {
                write(place, tar, plain ? TreeReader.called(name) : LayerPath.ROOT);
            }
        } catch (KernelException e) {
            throw refusal(e, query.getPath(), query.getFiles());
        }
    }

    private void write(Place place, LayerWriter tar, LayerPath name) throws IOException {
        TreeReader reader = new TreeReader(kernel, tar, TreeReader.Mounts.READ);
        InnerPath path = place.path();
        if (path.directory() || path.isRoot()) {
            try (Fd directory = place.inside().directory(path)) {
                reader.tree(directory, name);
            }
        } else {
            try (Fd parent = place.inside().directory(path.parent())) {
                reader.entry(parent, path.last(), name);
            }
        }
    }

    private PathStat stat(Place place, String asked) throws IOException {
        InnerPath path = place.path();
        PathStat.Builder stat =
                PathStat.newBuilder().setName(InnerPath.parse(asked).name());
        FileStat file;
        if (path.directory() || path.isRoot()) {
            try (Fd directory = place.inside().directory(path)) {
                file = FileStat.of(kernel, directory);
            }
        } else {
            file = statOf(place.inside(), path);
            if (file.isLink()) {
                stat.setLinkTarget(target(place.inside(), path));
            }
        }
        return stat.setSize(file.size())
                .setMode(file.goMode())
                .setModified(ChronoUnit.NANOS.between(Instant.EPOCH, file.modified()))
                .build();
    }

    private FileStat statOf(Inside inside, InnerPath path) {
        try (Fd parent = inside.directory(path.parent())) {
            return FileStat.of(kernel, parent, path.last());
        }
    }

    /** Where a link leads in the end, as a path inside; links on the way to it are left as they are. */
    private String target(Inside inside, InnerPath link) {
        InnerPath at = link;
        for (int links = 0; links < MOST_LINKS; links++) {
            try (Fd parent = inside.directory(at.parent())) {
                if (at.isRoot() || !FileStat.of(kernel, parent, at.last()).isLink()) {
                    return at.toString();
                }
                at = at.linked(Inside.link(kernel, parent, at.last()).toString());
            } catch (KernelException e) {
                return at.toString(); // leads to nothing, and says where
            }
        }
        return at.toString();
    }

    /**
     * Puts the files of an archive, packed or not, into a directory.
     *
     * @throws GantryException in Docker's words
     */
    public void write(WriteArchiveOpen open, InputStream archive) throws IOException, InterruptedException {
        InnerPath path = InnerPath.parse(open.getPath());
        try (Place place = roots.toWrite(open.getFiles(), path);
                Fd directory = destination(place, open);
                TreeWriter writer = new TreeWriter(
                        kernel,
                        directory,
                        place.path().isRoot(),
                        options(open, place.inside().root()))) {
            writer.write(new LayerReader(Compression.unpack(archive), LayerLimits.DEFAULT, LayerReader.Kind.FILES));
        } catch (KernelException e) {
            throw refusal(e); // the directory was there: what is missing vanished meanwhile
        } catch (BadLayerException e) {
            throw ErrorCode.INTERNAL.with(String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    private static Fd destination(Place place, WriteArchiveOpen open) {
        try {
            return place.inside().directory(place.path());
        } catch (KernelException e) {
            if (e.is(Errno.ENOTDIR)) {
                throw ErrorCode.NO_DIRECTORY_TO_EXTRACT.with();
            }
            if (e.is(Errno.ENOENT)) {
                throw ErrorCode.NO_SUCH_FILE.with(
                        open.getPath(), open.getFiles().getReference());
            }
            throw e;
        }
    }

    private TreeWriter.Options options(WriteArchiveOpen open, Fd root) {
        String user = open.getFiles().getUser();
        Optional<TreeWriter.Owner> owner = open.getCopyUidGid() && !user.isEmpty()
                ? Optional.of(host.users().find(root, user, List.of()))
                        .map(found -> new TreeWriter.Owner(found.uid(), found.gid()))
                : Optional.empty();
        return new TreeWriter.Options(open.getNoOverwriteDirNonDir(), owner);
    }

    /** The whole root, without what is mounted in it. */
    public void export(ContainerFiles files, OutputStream out) throws IOException, InterruptedException {
        try (Place place = roots.bare(files);
                Fd root = place.inside().directory(place.path());
                LayerWriter tar = new LayerWriter(out)) {
            new TreeReader(kernel, tar, TreeReader.Mounts.LEAVE_OUT).content(root);
        } catch (KernelException e) {
            throw refusal(e, "/", files);
        }
    }

    /** What the container changed in its image, a directory before what is in it. */
    public void changes(ContainerFiles files, Changed changed) throws InterruptedException {
        new ChangedFiles(kernel, roots.layers(files), changed)
                .below(host.roots().changes(files.getContainer()));
    }

    private static GantryException refusal(KernelException e, String path, ContainerFiles files) {
        if (e.is(Errno.ENOENT)) {
            return ErrorCode.NO_SUCH_FILE.with(path, files.getReference()).causedBy(e);
        }
        return refusal(e);
    }

    private static GantryException refusal(KernelException e) {
        if (e.is(Errno.EROFS)) {
            return ErrorCode.ROOT_READ_ONLY.with().causedBy(e);
        }
        if (e.is(Errno.ENOSPC) || e.is(Errno.EDQUOT)) {
            return ErrorCode.NO_SPACE.with(String.valueOf(e.getMessage())).causedBy(e);
        }
        return ErrorCode.INTERNAL.with(String.valueOf(e.getMessage())).causedBy(e);
    }
}
