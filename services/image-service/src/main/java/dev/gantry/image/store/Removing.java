package dev.gantry.image.store;

import dev.gantry.image.catalog.Image;
import dev.gantry.oci.digest.Digest;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The images that a removal is asking about. A resolve leaves a trace on the mark; a removal may only go on when there is none, and from then on
 * the image resolves no more.
 */
final class Removing {
    private enum Mark {
        UNNOTICED,
        RESOLVED,
        CLOSED
    }

    private final Map<Digest, Mark> marks = new ConcurrentHashMap<>();

    void mark(Digest image) {
        marks.putIfAbsent(image, Mark.UNNOTICED);
    }

    /** A resolve; false when the image is as good as gone. */
    boolean noticed(Image image) {
        if (marks.isEmpty()) {
            return true;
        }
        return marks.computeIfPresent(image.id(), (id, mark) -> mark == Mark.CLOSED ? mark : Mark.RESOLVED)
                != Mark.CLOSED;
    }

    /** All or none: false when one was resolved since it was marked. */
    boolean close(Collection<Image> images) {
        return images.stream()
                .allMatch(image -> marks.compute(image.id(), (id, mark) -> mark == Mark.RESOLVED ? mark : Mark.CLOSED)
                        == Mark.CLOSED);
    }

    void clear() {
        marks.clear();
    }
}
