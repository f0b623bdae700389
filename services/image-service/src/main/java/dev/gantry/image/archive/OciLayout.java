package dev.gantry.image.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.image.catalog.Platforms;
import dev.gantry.image.importing.Architectures;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.image.Descriptor;
import dev.gantry.oci.image.Manifest;
import dev.gantry.oci.image.MediaTypes;
import dev.gantry.oci.layer.BadLayerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code index.json} and {@code blobs/}: an archive as the OCI image specification has it (image-layout.md). */
final class OciLayout {
    static final String INDEX_FILE = "index.json";
    static final String LAYOUT_FILE = "oci-layout";
    /** containerd's, which Docker writes too: the whole name. */
    static final String NAME = "io.containerd.image.name";
    /** Of the specification: what a name is, is left open; Docker writes the tag alone, others the whole name. */
    static final String REF_NAME = "org.opencontainers.image.ref.name";

    private static final String ATTESTATION = "vnd.docker.reference.type";
    private static final int DEEPEST = 3;

    /** An index (image-index.md), with what of it matters here. */
    record Index(
            @JsonProperty("schemaVersion") int schemaVersion,
            @JsonProperty("mediaType") @Nullable String mediaType,
            @JsonProperty("manifests") @Nullable List<Entry> manifests) {
        List<Entry> entries() {
            return manifests == null ? List.of() : manifests;
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Entry(
            @JsonProperty("mediaType") String mediaType,
            @JsonProperty("digest") String digest,

            @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("size")
            long size,

            @JsonProperty("annotations") @Nullable Map<String, String> annotations,
            @JsonProperty("platform") @Nullable EntryPlatform platform) {
        @SuppressWarnings("NullAway") // Jackson gives null where the document has nothing
        Entry {
            Digest.parse(digest == null ? "" : digest);
            mediaType = mediaType == null ? "" : mediaType;
        }

        String annotation(String key) {
            return annotations == null ? "" : annotations.getOrDefault(key, "");
        }

        boolean isIndex() {
            return mediaType.equals(MediaTypes.OCI_INDEX) || mediaType.equals(MediaTypes.DOCKER_MANIFEST_LIST);
        }

        boolean isImage() {
            return (mediaType.equals(MediaTypes.OCI_MANIFEST) || mediaType.equals(MediaTypes.DOCKER_MANIFEST))
                    && annotation(ATTESTATION).isEmpty();
        }
    }

    record EntryPlatform(
            @JsonProperty("os") @Nullable String os,
            @JsonProperty("architecture") @Nullable String architecture,
            @JsonProperty("variant") @Nullable String variant) {
        String text() {
            return os + "/" + architecture + (variant == null || variant.isEmpty() ? "" : "/" + variant);
        }
    }

    private final SpooledArchive archive;
    private final String platform;

    private OciLayout(SpooledArchive archive, String platform) {
        this.archive = archive;
        this.platform = platform;
    }

    /**
     * The images that {@code index.json} names. Of an image for several platforms the one that was asked for, or this host's.
     *
     * @param platform as a user asks for it, or empty
     */
    static List<ArchivedImage> images(SpooledArchive archive, SpooledFile index, String platform) throws IOException {
        OciLayout layout = new OciLayout(archive, platform);
        List<ArchivedImage> images = new ArrayList<>();
        for (Entry entry : index.read(Index.class).entries()) {
            if (entry.isIndex()) {
                images.add(layout.ofSeveral(entry));
            } else if (entry.isImage()) {
                images.add(layout.image(entry, names(entry)));
            }
        }
        return images;
    }

    private ArchivedImage ofSeveral(Entry entry) throws IOException {
        String wanted = platform.isEmpty() ? "linux/" + Architectures.host() : platform;
        Optional<ArchivedImage> found = choose(entry, names(entry), wanted, 1);
        return found.orElseThrow(() -> new BadLayerException("no image for " + wanted + " in " + entry.digest()));
    }

    private Optional<ArchivedImage> choose(Entry index, List<String> names, String wanted, int depth)
            throws IOException {
        if (depth > DEEPEST) {
            throw new BadLayerException("indexes in more than " + DEEPEST + " levels");
        }
        for (Entry entry : blob(index).read(Index.class).entries()) {
            Optional<ArchivedImage> found = entry.isIndex()
                    ? choose(entry, names, wanted, depth + 1)
                    : entry.isImage() && isFor(entry, wanted) ? Optional.of(image(entry, names)) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** An archive may hold one platform of an index only, so what is not there is not meant either. */
    private boolean isFor(Entry entry, String wanted) {
        boolean matches =
                entry.platform() == null || Platforms.matches(entry.platform().text(), wanted);
        return matches && archive.find(path(entry.digest())).isPresent();
    }

    private ArchivedImage image(Entry entry, List<String> names) throws IOException {
        Manifest manifest = blob(entry).read(Manifest.class);
        List<String> layers = manifest.layers().stream()
                .map(Descriptor::digest)
                .map(OciLayout::path)
                .toList();
        return ArchivedImage.of(archive.get(path(manifest.config().digest())), layers, names);
    }

    private SpooledFile blob(Entry entry) throws BadLayerException {
        return archive.get(path(entry.digest()));
    }

    static String path(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    /** A text without colon and slash is a tag of nobody knows what, so it names nothing. */
    private static List<String> names(Entry entry) {
        String name = entry.annotation(NAME).isEmpty() ? entry.annotation(REF_NAME) : entry.annotation(NAME);
        return name.contains("/") || name.contains(":") ? List.of(name) : List.of();
    }
}
