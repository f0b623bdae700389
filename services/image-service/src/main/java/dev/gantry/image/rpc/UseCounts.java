package dev.gantry.image.rpc;

import dev.gantry.contracts.error.GantryException;
import dev.gantry.image.catalog.Image;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;

/** Containers per image for one list, by one question; who does not answer it makes no list fail. */
final class UseCounts {
    /** Who knows. */
    @FunctionalInterface
    interface Source {
        /** Of the images that have any, by their ids. */
        Map<String, Integer> all();
    }

    private static final Logger LOG = Logger.getLogger(UseCounts.class);
    private static final long UNKNOWN = -1;

    private UseCounts() {}

    static ToLongFunction<Image> ask(Source source) {
        try {
            var counts = source.all();
            return image -> counts.getOrDefault(image.id().toString(), 0);
        } catch (GantryException e) {
            LOG.warnf("cannot count the containers of images: %s", e.getMessage());
            return image -> UNKNOWN;
        }
    }
}
