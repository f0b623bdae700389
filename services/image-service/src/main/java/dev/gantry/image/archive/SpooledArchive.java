package dev.gantry.image.archive;

import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.digest.DigestInputStream;
import dev.gantry.oci.digest.DigestMismatchException;
import dev.gantry.oci.digest.Digester;
import dev.gantry.oci.layer.BadLayerException;
import dev.gantry.oci.layer.Compression;
import dev.gantry.oci.layer.LayerEntry;
import dev.gantry.oci.layer.LayerLimits;
import dev.gantry.oci.layer.LayerPath;
import dev.gantry.oci.layer.LayerReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An archive of images, its files spooled to a directory of ours under numbers, so that no name of it ever becomes a path of this host. A file
 * that is named by its digest ({@code blobs/sha256/...}) has it, or the archive is refused.
 */
final class SpooledArchive {
    /** A hundred images of fifty layers, three files each, and as much again. */
    private static final int MOST_ENTRIES = 30_000;

    private static final int LARGEST_EXTENDED_HEADER = 1 << 20;
    /** Docker up to 1.9 made a layer that an archive had already a link to it. */
    private static final int MOST_LINKS = 16;

    private static final Pattern BLOB = Pattern.compile("blobs/([a-z0-9]+)/([a-f0-9]+)");

    private sealed interface Node {
        record Stored(SpooledFile file) implements Node {}

        record Link(LayerPath target) implements Node {}
    }

    private final Map<LayerPath, Node> nodes = new HashMap<>();

    private SpooledArchive() {}

    /**
     * Reads it to its end.
     *
     * @param packed a tar, plain or compressed
     * @param directory empty; what is put there is the caller's to remove
     * @param largest bytes it may have when unpacked
     * @throws BadLayerException when the archive is refused
     */
    static SpooledArchive take(InputStream packed, Path directory, long largest) throws IOException {
        SpooledArchive archive = new SpooledArchive();
        LayerReader reader = new LayerReader(
                Compression.unpack(packed), new LayerLimits(MOST_ENTRIES, largest, LARGEST_EXTENDED_HEADER));
        for (Optional<LayerEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            archive.add(entry.get(), reader.content(), directory);
        }
        return archive;
    }

    private void add(LayerEntry entry, InputStream content, Path directory) throws IOException {
        switch (entry) {
            case LayerEntry.File file -> nodes.put(file.path(), new Node.Stored(spool(file, content, directory)));
            case LayerEntry.Symlink link -> nodes.put(link.path(), new Node.Link(target(link)));
            case LayerEntry.HardLink link -> nodes.put(link.path(), new Node.Link(link.target()));
            case LayerEntry.Directory _, LayerEntry.Device _, LayerEntry.Fifo _ -> {}
            case LayerEntry.Whiteout _, LayerEntry.Opaque _ -> {} // of no meaning outside a layer
        }
    }

    private SpooledFile spool(LayerEntry.File file, InputStream content, Path directory) throws IOException {
        String name = file.path().toString();
        Path path = directory.resolve(Integer.toString(nodes.size()));
        Matcher blob = BLOB.matcher(name);
        String digest = blob.matches() ? blob.group(1) + ":" + blob.group(2) : "";
        if (Digest.isValid(digest)) {
            copyVerified(content, path, Digest.parse(digest), name);
        } else {
            Files.copy(content, path);
        }
        return new SpooledFile(name, path, file.size());
    }

    private static void copyVerified(InputStream content, Path path, Digest digest, String name) throws IOException {
        try (DigestInputStream digested = new DigestInputStream(content, Digester.of(digest.algorithm()))) {
            Files.copy(digested, path);
            digested.verify(digest);
        } catch (DigestMismatchException e) {
            throw (IOException) new BadLayerException(name + ": " + e.getMessage()).initCause(e);
        }
    }

    /** Where a symbolic link leads, reckoned inside the archive: no file system is asked, so none can be left. */
    private static LayerPath target(LayerEntry.Symlink link) throws BadLayerException {
        String text = link.target().toString();
        Deque<String> path = new ArrayDeque<>();
        if (!text.startsWith("/")) {
            path.addAll(List.of(link.path().parent().toString().split("/", -1)));
        }
        for (String component : text.split("/", -1)) {
            if (component.equals("..")) {
                path.pollLast();
            } else if (!component.equals(".")) {
                path.add(component);
            }
        }
        path.removeIf(String::isEmpty);
        return path(String.join("/", path)).orElseThrow(() -> new BadLayerException(link.path() + ": link to nothing"));
    }

    private static Optional<LayerPath> path(String name) {
        try {
            return Optional.of(LayerPath.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The file of that name, links followed; nothing when there is none, and for a name that is no path inside the archive. */
    Optional<SpooledFile> find(String name) {
        Optional<LayerPath> path = path(name);
        for (int links = 0; links <= MOST_LINKS && path.isPresent(); links++) {
            Node node = nodes.get(path.get());
            if (node instanceof Node.Link link) {
                path = Optional.of(link.target());
            } else {
                return node instanceof Node.Stored stored ? Optional.of(stored.file()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** @throws BadLayerException when there is no such file */
    SpooledFile get(String name) throws BadLayerException {
        return find(name).orElseThrow(() -> new BadLayerException("no file " + name + " in the archive"));
    }
}
