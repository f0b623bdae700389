package dev.gantry.image.rpc;

import dev.gantry.contracts.error.GantryException;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.removal.ImageUse;
import org.jboss.logging.Logger;

/** Counts containers per image for one list; a scheduler that does not answer once is not asked again. */
final class UseCounts {
    private static final Logger LOG = Logger.getLogger(UseCounts.class);
    private static final long UNKNOWN = -1;

    private final ImageUse use;
    private boolean away;

    UseCounts(ImageUse use) {
        this.use = use;
    }

    long of(Image image) {
        if (away) {
            return UNKNOWN;
        }
        try {
            return use.of(image.id()).size();
        } catch (GantryException e) {
            LOG.warnf("cannot count the containers of images: %s", e.getMessage());
            away = true;
            return UNKNOWN;
        }
    }
}
