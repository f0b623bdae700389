package dev.gantry.image.catalog;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.reference.ImageReference;
import dev.gantry.oci.reference.InvalidReferenceException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * All images and names at one moment; a change makes a new value. Lookups cost microseconds, changes copy the maps, which at some thousands of images
 * is less than the commit that goes with them.
 */
public final class Images {
    public static final Images NONE = new Images(new TreeMap<>(), new TreeMap<>());
    private static final Pattern FULL_ID = Pattern.compile("[a-f0-9]{64}");
    private static final Pattern ID_PREFIX = Pattern.compile("(?:sha256:)?[a-f0-9]{1,64}");

    /** By the digits of the id, so that a prefix is a range. */
    private final NavigableMap<String, Image> byId;

    /** From the full name ({@code docker.io/library/busybox:latest}) to the id. */
    private final NavigableMap<String, Digest> byName;

    private Images(NavigableMap<String, Image> byId, NavigableMap<String, Digest> byName) {
        this.byId = byId;
        this.byName = byName;
    }

    /** What a user's text leads to, and by which name it was found; no name when it was an id. */
    public record Found(Image image, Optional<ImageReference> name) {}

    public Collection<Image> all() {
        return byId.values();
    }

    public Optional<Image> get(Digest id) {
        return Optional.ofNullable(byId.get(id.hex()));
    }

    /**
     * Docker's order: a full id, else a name, else a prefix of an id; a prefix that several ids have is not found.
     *
     * @throws GantryException NO_SUCH_IMAGE with the normalised name, INVALID_PARAMETER for what is neither name nor id
     */
    public Found find(String text) {
        if (FULL_ID.matcher(text).matches() || Digest.isValid(text)) {
            String full = text.indexOf(':') < 0 ? "sha256:" + text : text;
            return get(Digest.parse(full))
                    .map(image -> new Found(image, Optional.empty()))
                    .orElseThrow(() -> ErrorCode.NO_SUCH_IMAGE.with(full));
        }
        ImageReference name = named(text).orLatest();
        return byName(name)
                .or(() -> byPrefix(text).map(image -> new Found(image, Optional.empty())))
                .orElseThrow(() -> ErrorCode.NO_SUCH_IMAGE.with(name.familiar()));
    }

    /** @throws GantryException INVALID_PARAMETER in Docker's words */
    public static ImageReference named(String text) {
        try {
            return ImageReference.parse(text);
        } catch (InvalidReferenceException e) {
            throw ErrorCode.INVALID_PARAMETER
                    .with(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private Optional<Found> byName(ImageReference name) {
        return Optional.ofNullable(byName.get(key(name)))
                .flatMap(this::get)
                .map(image -> new Found(image, Optional.of(name)));
    }

    /** Which image a name leads to. */
    public Optional<Digest> holder(ImageReference name) {
        return Optional.ofNullable(byName.get(key(name)));
    }

    /** All names of a repository that have a tag, in their order. */
    public List<ImageReference> tagsOf(ImageReference repository) {
        return byName.keySet().stream()
                .filter(key -> key.startsWith(repository.name() + ":"))
                .map(ImageReference::parse)
                .toList();
    }

    /** A layer that some image has already. */
    public Optional<StoredLayer> layer(Digest diffId) {
        return byId.values().stream()
                .flatMap(image -> image.layers().stream())
                .filter(layer -> layer.diffId().equals(diffId.toString()))
                .findAny();
    }

    /** A name as it is stored: a digest outweighs a tag that stands beside it. */
    public static String key(ImageReference name) {
        return name.digest().isPresent() ? name.name() + "@" + name.digest().get() : name.toString();
    }

    private Optional<Image> byPrefix(String text) {
        if (!ID_PREFIX.matcher(text).matches()) {
            return Optional.empty();
        }
        String digits = text.substring(text.indexOf(':') + 1);
        var candidates = byId.subMap(digits, true, digits + "g", false);
        return candidates.size() == 1 ? Optional.of(candidates.firstEntry().getValue()) : Optional.empty();
    }

    /** Whether a text means the image by its id or a prefix of it, not by a name. */
    public static boolean isIdPrefix(Image image, String text) {
        return image.id().toString().startsWith(text) || image.id().hex().startsWith(text);
    }

    /** The names of an image in the order of their full form. */
    public List<ImageReference> names(Image image) {
        return byName.entrySet().stream()
                .filter(entry -> entry.getValue().equals(image.id()))
                .map(entry -> ImageReference.parse(entry.getKey()))
                .toList();
    }

    public List<Image> children(Image image) {
        return byId.values().stream()
                .filter(other -> other.parent().filter(image.id()::equals).isPresent())
                .toList();
    }

    public Optional<Image> parent(Image image) {
        return image.parent().flatMap(this::get);
    }

    /** Whether an image has this blob among its layers. */
    public boolean needsBlob(String digest) {
        return byId.values().stream()
                .flatMap(image -> image.layers().stream())
                .anyMatch(layer -> layer.digest().equals(digest));
    }

    public Images with(Image image) {
        NavigableMap<String, Image> changed = new TreeMap<>(byId);
        changed.put(image.id().hex(), image);
        return new Images(changed, byName);
    }

    /** The name leads to the image from now on, whatever it led to before. */
    public Images tagged(ImageReference name, Image image, Instant when) {
        NavigableMap<String, Digest> names = new TreeMap<>(byName);
        names.put(key(name), image.id());
        return new Images(byId, names).with(image.taggedAt(when));
    }

    /** With a name as it was stored. */
    public Images named(String key, Digest id) {
        NavigableMap<String, Digest> names = new TreeMap<>(byName);
        names.put(key, id);
        return new Images(byId, names);
    }

    public Images untagged(ImageReference name) {
        NavigableMap<String, Digest> names = new TreeMap<>(byName);
        Digest id = names.remove(key(name));
        Images changed = new Images(byId, names);
        return id == null
                ? changed
                : changed.get(id).map(image -> changed.with(image.next())).orElse(changed);
    }

    /** Without the image; its names must be gone before. */
    public Images without(Image image) {
        NavigableMap<String, Image> changed = new TreeMap<>(byId);
        changed.remove(image.id().hex());
        return new Images(changed, byName);
    }

    /** Full names and the images they lead to. */
    public Map<String, Digest> allNames() {
        return byName;
    }
}
