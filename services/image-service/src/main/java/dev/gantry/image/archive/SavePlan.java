package dev.gantry.image.archive;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.image.archive.DockerManifest.LayerSource;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.Images;
import dev.gantry.image.catalog.Platforms;
import dev.gantry.image.catalog.StoredLayer;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.image.Descriptor;
import dev.gantry.oci.image.Manifest;
import dev.gantry.oci.image.MediaTypes;
import dev.gantry.oci.image.OciJson;
import dev.gantry.oci.reference.ImageReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What goes into an archive, decided before its first byte: the form of Docker 25 and later, which is an OCI image layout and has Docker's own
 * documents beside it, so that tools of both kinds load it. The same images under the same names give the same bytes.
 *
 * @param images each once
 * @param files by name, in the order in which they are written
 */
record SavePlan(List<Image> images, SortedMap<String, Content> files) {
    /** What a file holds. */
    sealed interface Content {
        record Bytes(ByteString bytes) implements Content {}

        record Blob(Digest digest, long size) implements Content {}
    }

    /**
     * @param names as users write them: a name without a tag means all tags of its repository, an id no name at all
     * @param platform as users write it, or empty
     * @throws GantryException NO_SUCH_IMAGE, PLATFORM_MISMATCH
     */
    static SavePlan of(Images images, List<String> names, String platform) {
        Map<Digest, Set<ImageReference>> wanted = new LinkedHashMap<>();
        for (String name : names) {
            want(images, name, platform, wanted);
        }
        Documents documents = new Documents();
        wanted.forEach((id, references) -> documents.add(images.get(id).orElseThrow(), List.copyOf(references)));
        return documents.plan();
    }

    private static void want(Images images, String text, String platform, Map<Digest, Set<ImageReference>> wanted) {
        List<ImageReference> tags = isNameOnly(text) ? images.tagsOf(Images.named(text)) : List.of();
        if (tags.isEmpty()) {
            Images.Found found = find(images, text);
            Platforms.refuseOther(found.image(), text, platform);
            Set<ImageReference> references =
                    wanted.computeIfAbsent(found.image().id(), id -> new LinkedHashSet<>());
            found.name().filter(name -> name.tag().isPresent()).ifPresent(references::add);
        }
        for (ImageReference tag : tags) {
            Image image = images.find(tag.toString()).image();
            Platforms.refuseOther(image, text, platform);
            wanted.computeIfAbsent(image.id(), id -> new LinkedHashSet<>()).add(tag);
        }
    }

    /** Here the engine names an unknown image as it was asked for, without a tag of its own. */
    private static Images.Found find(Images images, String text) {
        try {
            return images.find(text);
        } catch (GantryException e) {
            throw e.code() == ErrorCode.NO_SUCH_IMAGE
                    ? ErrorCode.NO_SUCH_IMAGE.with(text).causedBy(e)
                    : e;
        }
    }

    /** An id that looks like a name is found as the name that it is not. */
    private static boolean isNameOnly(String text) {
        try {
            return Images.named(text).isNameOnly();
        } catch (GantryException notAName) {
            return false;
        }
    }

    /** The archive's documents growing image by image. */
    private static final class Documents {
        private final List<Image> images = new ArrayList<>();
        private final SortedMap<String, Content> files = new TreeMap<>();
        private final List<DockerManifest> manifests = new ArrayList<>();
        private final List<OciLayout.Entry> entries = new ArrayList<>();
        /** Repository to tag to the digits of the top layer: for what is older than manifest.json. */
        private final SortedMap<String, SortedMap<String, String>> repositories = new TreeMap<>();

        void add(Image image, List<ImageReference> names) {
            images.add(image);
            put(image.config().toByteArray());
            image.layers().forEach(layer -> {
                Digest digest = Digest.parse(layer.digest());
                files.put(path(digest), new Content.Blob(digest, layer.blobSize()));
            });
            byte[] manifest = OciJson.write(Manifest.of(
                    Descriptor.of(
                            MediaTypes.OCI_CONFIG, image.id(), image.config().size()),
                    image.layers().stream()
                            .map(layer ->
                                    Descriptor.of(layer.mediaType(), Digest.parse(layer.digest()), layer.blobSize()))
                            .toList()));
            put(manifest);
            manifests.add(dockerManifest(image, names));
            names.forEach(name -> name(image, name, manifest));
            if (names.isEmpty()) {
                entries.add(entry(manifest, Map.of()));
            }
        }

        private void put(byte[] blob) {
            files.put(path(Digest.of(blob)), content(blob));
        }

        private static Content content(byte[] bytes) {
            return new Content.Bytes(ByteString.copyFrom(bytes));
        }

        private static String path(Digest digest) {
            return OciLayout.path(digest.toString());
        }

        private static DockerManifest dockerManifest(Image image, List<ImageReference> names) {
            Map<String, LayerSource> sources = new LinkedHashMap<>();
            for (StoredLayer layer : image.layers()) {
                sources.put(layer.diffId(), new LayerSource(layer.mediaType(), layer.blobSize(), layer.digest()));
            }
            return new DockerManifest(
                    path(image.id()),
                    names.isEmpty()
                            ? null
                            : names.stream().map(ImageReference::familiar).toList(),
                    image.layers().stream()
                            .map(layer -> OciLayout.path(layer.digest()))
                            .toList(),
                    sources);
        }

        private void name(Image image, ImageReference name, byte[] manifest) {
            String tag = name.tag().orElse(ImageReference.LATEST);
            SortedMap<String, String> annotations = new TreeMap<>();
            annotations.put(OciLayout.NAME, name.toString());
            annotations.put(OciLayout.REF_NAME, tag);
            entries.add(entry(manifest, annotations));
            if (!image.layers().isEmpty()) {
                repositories
                        .computeIfAbsent(name.familiarName(), key -> new TreeMap<>())
                        .put(
                                tag,
                                Digest.parse(image.layers().getLast().digest()).hex());
            }
        }

        private static OciLayout.Entry entry(byte[] manifest, Map<String, String> annotations) {
            return new OciLayout.Entry(
                    MediaTypes.OCI_MANIFEST, Digest.of(manifest).toString(), manifest.length, annotations, null);
        }

        SavePlan plan() {
            files.put(
                    OciLayout.INDEX_FILE,
                    content(OciJson.write(
                            new OciLayout.Index(2, MediaTypes.OCI_INDEX, entries.isEmpty() ? null : entries))));
            files.put(DockerManifest.FILE, content(line(manifests.isEmpty() ? null : manifests)));
            files.put(
                    OciLayout.LAYOUT_FILE,
                    content("{\"imageLayoutVersion\": \"1.0.0\"}".getBytes(StandardCharsets.US_ASCII)));
            if (!repositories.isEmpty()) {
                files.put("repositories", content(line(repositories)));
            }
            return new SavePlan(images, files);
        }

        private static byte[] line(@org.jspecify.annotations.Nullable Object document) {
            byte[] json = document == null ? "null".getBytes(StandardCharsets.US_ASCII) : OciJson.write(document);
            byte[] line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return line;
        }
    }
}
