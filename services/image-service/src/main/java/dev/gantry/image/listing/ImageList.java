package dev.gantry.image.listing;

import dev.gantry.contracts.docker.image.ImageSummary;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.Images;
import dev.gantry.image.catalog.StoredLayer;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.reference.ImageReference;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** {@code GET /images/json}: the newest first, inner images of a chain only when all are asked for. */
public final class ImageList {
    private static final Set<String> FILTERS = Set.of("dangling", "label", "before", "since", "reference", "until");
    private static final long NOT_COUNTED = -1;

    private final Images images;
    private final Filters filters;
    private final boolean dangling;
    private final List<PathPattern> patterns;
    private final Optional<Instant> before;
    private final Optional<Instant> since;
    private final Optional<Instant> until;

    /** @throws dev.gantry.contracts.error.GantryException for a filter that Docker refuses too */
    public ImageList(Images images, Filters filters, Instant now) {
        filters.refuseOthersThan(FILTERS);
        this.images = images;
        this.filters = filters;
        this.dangling = filters.flag("dangling", false);
        this.patterns = filters.get("reference").stream().map(PathPattern::of).toList();
        this.before = created("before");
        this.since = created("since");
        this.until = Moment.latest(filters, now);
    }

    private Optional<Instant> created(String key) {
        return filters.get(key).stream()
                .findFirst()
                .map(reference -> images.find(reference).image().created());
    }

    /**
     * @param all inner images too
     * @param shared whether the bytes shared with other images are counted
     * @param containers how many containers use an image, -1 when not known
     */
    public List<ImageSummary> summaries(boolean all, boolean shared, ToLongFunction<Image> containers) {
        return images.all().stream()
                .filter(image -> isListed(image, all))
                .sorted(Comparator.comparing(Image::created).reversed())
                .map(image -> summary(image, shared, containers.applyAsLong(image)))
                .toList();
    }

    private boolean isListed(Image image, boolean all) {
        List<ImageReference> names = images.names(image);
        boolean named = names.isEmpty()
                ? isListedUnnamed(image, all)
                : !(dangling && names.stream().anyMatch(name -> name.digest().isEmpty()))
                        && (patterns.isEmpty() || names.stream().anyMatch(this::isAskedFor));
        return named && isOfTime(image) && Labels.match(filters, image);
    }

    private boolean isListedUnnamed(Image image, boolean all) {
        boolean outer = all || images.children(image).isEmpty();
        return outer && (dangling || !filters.has("dangling")) && patterns.isEmpty();
    }

    private boolean isAskedFor(ImageReference name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    private boolean isOfTime(Image image) {
        return before.map(image.created()::isBefore).orElse(true)
                && since.map(image.created()::isAfter).orElse(true)
                && until.map(limit -> !image.created().isAfter(limit)).orElse(true);
    }

    private ImageSummary summary(Image image, boolean shared, long containers) {
        List<ImageReference> names = images.names(image).stream()
                .filter(name -> patterns.isEmpty() || isAskedFor(name))
                .toList();
        return new ImageSummary(
                containers,
                image.created().getEpochSecond(),
                image.id().toString(),
                image.configuration().execution().labels(),
                image.parent().map(Digest::toString).orElse(""),
                null,
                null,
                Names.digests(names),
                Names.tags(names),
                shared ? sharedSize(image) : NOT_COUNTED,
                image.size());
    }

    /** Bytes of the layers that another image stands on too. */
    private long sharedSize(Image image) {
        Set<Digest> others = new HashSet<>();
        images.all().stream()
                .filter(other -> !other.id().equals(image.id()))
                .forEach(other -> others.addAll(other.chainIds()));
        long sum = 0;
        List<Digest> chain = image.chainIds();
        List<StoredLayer> layers = image.layers();
        for (int i = 0; i < layers.size(); i++) {
            sum += others.contains(chain.get(i)) ? layers.get(i).contentSize() : 0;
        }
        return sum;
    }
}
