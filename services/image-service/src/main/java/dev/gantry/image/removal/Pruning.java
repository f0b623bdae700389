package dev.gantry.image.removal;

import dev.gantry.contracts.filter.Filters;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.Images;
import dev.gantry.image.listing.Labels;
import dev.gantry.image.listing.Moment;
import dev.gantry.oci.reference.ImageReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which images a prune tries to remove, and by which words: all names of one, or its id when it has none. */
public final class Pruning {
    private static final Set<String> FILTERS = Set.of("dangling", "label", "label!", "until");

    private Pruning() {}

    public static List<String> references(Images images, Filters filters, Instant now) {
        filters.refuseOthersThan(FILTERS);
        boolean danglingOnly = filters.flag("dangling", true);
        Optional<Instant> until = Moment.latest(filters, now);
        List<String> references = new ArrayList<>();
        for (Image image : images.all()) {
            List<ImageReference> names = images.names(image);
            boolean inner = names.isEmpty() && !images.children(image).isEmpty();
            boolean young = until.isPresent() && image.created().isAfter(until.get());
            if (!inner && !young && Labels.match(filters, image)) {
                references.addAll(references(image, names, danglingOnly));
            }
        }
        return references;
    }

    private static List<String> references(Image image, List<ImageReference> names, boolean danglingOnly) {
        if (names.isEmpty()) {
            return List.of(image.id().hex());
        }
        boolean tagged = names.stream().anyMatch(name -> name.digest().isEmpty());
        return danglingOnly && tagged
                ? List.of()
                : names.stream().map(ImageReference::toString).toList();
    }
}
