package dev.gantry.oci.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a layer, uncompressed, entry by entry, and refuses what could leave the root or exhaust the host. Memory is bounded: one
 * extended header and some bytes per entry.
 *
 * <p>{@snippet :
 * var reader = new LayerReader(tar, LayerLimits.DEFAULT);
 * for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
 *     unpack(entry.get(), reader.content());
 * }
 * }
 *
 * When {@link #next()} has answered empty, the stream was read to its very end, padding included, so a digest taken on the way is the
 * whole archive's. The reader does not close the stream. Not for several threads.
 */
public final class LayerReader {
    private static final String WHITEOUT = ".wh.";
    private static final String WHITEOUT_META = ".wh..wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final long LARGEST_ID = 0xffff_fffeL;

    /** What an archive is meant to be. */
    public enum Kind {
        /** Names beginning with {@code .wh.} hide what is below; links that would lead out of the root are hostile. */
        LAYER,
        /**
         * Plain files, to be put below some directory: every name is a name, a leading slash means nothing, and where a symbolic link leads is
         * its maker's affair.
         */
        FILES
    }

    private final Kind kind;
    private final TarStream tar;
    private final LayerLimits limits;
    private final SeenPaths seen = new SeenPaths();
    private final byte[] block = new byte[TarHeader.BLOCK];
    private int entries;
    private long left;
    private long padding;
    private boolean ended;

    public LayerReader(InputStream uncompressed, LayerLimits limits) {
        this(uncompressed, limits, Kind.LAYER);
    }

    public LayerReader(InputStream uncompressed, LayerLimits limits, Kind kind) {
        this.kind = kind;
        this.tar = new TarStream(uncompressed, limits.bytes());
        this.limits = limits;
    }

    /**
     * The next entry; what was not read of the one before is skipped.
     *
     * @throws BadLayerException when the archive is damaged, hostile or beyond a limit; the reader is of no use after it
     */
    public Optional<LayerEntry> next() throws IOException {
        while (!ended) {
            tar.skip(left + padding);
            left = 0;
            padding = 0;
            Optional<LayerEntry> entry = readEntry();
            if (entry.isPresent()) {
                return entry;
            }
        }
        return Optional.empty();
    }

    /** The bytes of the {@link LayerEntry.File} just returned; empty for other entries. Ends with the entry. */
    public InputStream content() {
        return new Content();
    }

    /** One entry, or nothing at the archive's end and for what is not for the file system. */
    private Optional<LayerEntry> readEntry() throws IOException {
        String longName = "";
        String longLink = "";
        PaxRecords pax = PaxRecords.NONE;
        while (true) {
            if (!tar.readBlock(block) || endsHere()) {
                tar.drain();
                ended = true;
                return Optional.empty();
            }
            TarHeader header = new TarHeader(block);
            count();
            switch (header.type()) {
                case 'L' -> longName = longText(header);
                case 'K' -> longLink = longText(header);
                case 'x' -> pax = PaxRecords.parse(extended(header));
                case 'g' -> extended(header); // global headers hold nothing that Docker applies to a layer
                default -> {
                    String name = pax.path().orElse(longName.isEmpty() ? header.name() : longName);
                    String link = pax.link().orElse(longLink.isEmpty() ? header.link() : longLink);
                    return entry(header, pax, name, link);
                }
            }
        }
    }

    /** Two zero blocks end an archive; a lone one is passed over, as Go and GNU tar do. */
    private boolean endsHere() throws IOException {
        if (!TarHeader.isZero(block)) {
            return false;
        }
        return !tar.readBlock(block) || TarHeader.isZero(block);
    }

    private void count() throws BadLayerException {
        if (++entries > limits.entries()) {
            throw BadLayerException.of("layer has more than %d entries", limits.entries());
        }
    }

    private byte[] extended(TarHeader header) throws IOException {
        long size = header.size();
        if (size > limits.extendedHeader()) {
            throw BadLayerException.of(
                    "invalid tar header: extended header of %d bytes is larger than %d", size, limits.extendedHeader());
        }
        byte[] bytes = tar.readFully((int) size);
        tar.skip(paddingOf(size));
        return bytes;
    }

    private String longText(TarHeader header) throws IOException {
        byte[] bytes = extended(header);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }

    private Optional<LayerEntry> entry(TarHeader header, PaxRecords pax, String name, String link) throws IOException {
        LayerPath path = LayerPath.of(relative(name), "entry");
        refuseObstacle(path, "entry");
        boolean directory = header.type() == '5' || (isFile(header) && name.endsWith("/"));
        if (path.isRoot() && !directory) {
            throw BadLayerException.of("entry %s: the root must be a directory", LayerPath.show(name, 64));
        }
        if (isFile(header)) {
            left = pax.size(header.size());
            padding = paddingOf(left);
            refuseTooLarge(path);
        }
        if (kind == Kind.LAYER && path.name().startsWith(WHITEOUT)) {
            return whiteout(path);
        }
        Attributes attributes = attributes(header, pax, path);
        LayerEntry entry =
                directory ? new LayerEntry.Directory(path, attributes) : other(header, path, attributes, link);
        seen.put(path, kindOf(entry));
        return Optional.of(entry);
    }

    private String relative(String name) {
        if (kind == Kind.LAYER || !name.startsWith("/")) {
            return name;
        }
        String stripped = name.replaceFirst("^/+", "");
        return stripped.isEmpty() ? "." : stripped;
    }

    private LayerEntry other(TarHeader header, LayerPath path, Attributes attributes, String link)
            throws BadLayerException {
        return switch (header.type()) {
            case '0', '7' -> new LayerEntry.File(path, attributes, left);
            case '1' -> new LayerEntry.HardLink(path, hardLinkTarget(path, link));
            case '2' -> new LayerEntry.Symlink(path, attributes, symlinkTarget(path, link));
            case '3' -> new LayerEntry.Device(path, attributes, false, number(header.major()), number(header.minor()));
            case '4' -> new LayerEntry.Device(path, attributes, true, number(header.major()), number(header.minor()));
            case '6' -> new LayerEntry.Fifo(path, attributes);
            case 'S' -> throw BadLayerException.of("entry %s: sparse files are not supported", shown(path));
            default ->
                throw BadLayerException.of("entry %s: unhandled tar header type %d", shown(path), (int) header.type());
        };
    }

    private static boolean isFile(TarHeader header) {
        return header.type() == '0' || header.type() == '7';
    }

    private static SeenPaths.Kind kindOf(LayerEntry entry) {
        return switch (entry) {
            case LayerEntry.Directory _ -> SeenPaths.Kind.DIRECTORY;
            case LayerEntry.Symlink _ -> SeenPaths.Kind.SYMLINK;
            case LayerEntry.File _, LayerEntry.HardLink _, LayerEntry.Device _, LayerEntry.Fifo _ ->
                SeenPaths.Kind.OTHER;
            case LayerEntry.Whiteout _, LayerEntry.Opaque _ -> SeenPaths.Kind.OTHER; // not reached: they leave no file
        };
    }

    private Optional<LayerEntry> whiteout(LayerPath path) throws BadLayerException {
        String name = path.name();
        if (name.equals(OPAQUE)) {
            return Optional.of(new LayerEntry.Opaque(path.parent()));
        }
        if (name.startsWith(WHITEOUT_META)) {
            return Optional.empty(); // AUFS kept its own book here
        }
        String hidden = name.substring(WHITEOUT.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            throw BadLayerException.of("entry %s: whiteout of no file", shown(path));
        }
        return Optional.of(new LayerEntry.Whiteout(path.sibling(hidden)));
    }

    private LayerPath hardLinkTarget(LayerPath path, String link) throws BadLayerException {
        try {
            LayerPath target = LayerPath.of(relative(link), "hard link target");
            refuseObstacle(target, "hard link target");
            SeenPaths.Kind known = seen.kind(target);
            if (known == null || known == SeenPaths.Kind.DIRECTORY) {
                throw BadLayerException.of(
                        "%s is %s", shown(target), known == null ? "not in the layer before it" : "a directory");
            }
            return target;
        } catch (BadLayerException e) {
            throw because("invalid hard link " + shown(path) + " -> " + LayerPath.show(link, 256), e);
        }
    }

    /** Absolute means the container's root and is common; what climbs above the root is meant to escape, as Docker judges too. */
    private LinkTarget symlinkTarget(LayerPath path, String target) throws BadLayerException {
        if (target.isEmpty() || target.length() > LayerPath.MAX_BYTES || target.indexOf('\0') >= 0) {
            throw BadLayerException.of(
                    "invalid symlink %s -> %s: target is empty, longer than %d bytes or holds a NUL byte",
                    shown(path), LayerPath.show(target, 64), LayerPath.MAX_BYTES);
        }
        if (kind == Kind.FILES) {
            return new LinkTarget(target);
        }
        int depth = path.depth() - 1;
        for (String component : target.split("/", -1)) {
            if (component.equals("..")) {
                depth--;
            } else if (!component.isEmpty() && !component.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                throw BadLayerException.of(
                        "invalid symlink %s -> %s: target leaves the root", shown(path), LayerPath.show(target, 256));
            }
        }
        return new LinkTarget(target);
    }

    private void refuseObstacle(LayerPath path, String what) throws BadLayerException {
        String obstacle = seen.obstacle(path);
        if (obstacle != null) {
            throw BadLayerException.of(
                    "%s %s: passes through %s, which is no directory",
                    what, shown(path), LayerPath.show(obstacle, 256));
        }
    }

    private void refuseTooLarge(LayerPath path) throws BadLayerException {
        if (left > limits.bytes()) {
            throw BadLayerException.of("entry %s: %d bytes are more than a layer may have", shown(path), left);
        }
    }

    private static Attributes attributes(TarHeader header, PaxRecords pax, LayerPath path) throws BadLayerException {
        long uid = pax.uid(header.uid());
        long gid = pax.gid(header.gid());
        if (uid < 0 || uid > LARGEST_ID || gid < 0 || gid > LARGEST_ID) {
            throw BadLayerException.of("entry %s: owner %d:%d out of range", shown(path), uid, gid);
        }
        return new Attributes((int) (header.mode() & 07777), uid, gid, pax.modified(header.mtime()), pax.xattrs());
    }

    private static int number(long device) throws BadLayerException {
        if (device < 0 || device > Integer.MAX_VALUE) {
            throw new BadLayerException("invalid tar header: device number out of range");
        }
        return (int) device;
    }

    private static String shown(LayerPath path) {
        return LayerPath.show(path.raw(), 256);
    }

    private static BadLayerException because(String what, BadLayerException why) {
        var whole = new BadLayerException(what + ": " + why.getMessage());
        whole.initCause(why);
        return whole;
    }

    private static long paddingOf(long size) {
        return -size & (TarHeader.BLOCK - 1);
    }

    private final class Content extends InputStream {
        private final int entry = entries;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (left == 0 || entry != entries) {
                return -1;
            }
            int count = tar.read(target, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new BadLayerException("unexpected EOF");
            }
            left -= count;
            return count;
        }
    }
}
