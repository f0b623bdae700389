package dev.gantry.image.listing;

import dev.gantry.oci.reference.ImageReference;
import java.util.List;

/** Names as {@code RepoTags} and {@code RepoDigests} have them. */
final class Names {
    private Names() {}

    static List<String> tags(List<ImageReference> names) {
        return names.stream()
                .filter(name -> name.digest().isEmpty())
                .map(ImageReference::familiar)
                .toList();
    }

    static List<String> digests(List<ImageReference> names) {
        return names.stream()
                .filter(name -> name.digest().isPresent())
                .map(ImageReference::familiar)
                .toList();
    }
}
