package dev.gantry.image.listing;

import dev.gantry.contracts.filter.Filters;
import dev.gantry.image.catalog.Image;

/** The filters {@code label} and {@code label!}. */
public final class Labels {
    private Labels() {}

    /** All of {@code label} and none of {@code label!}. */
    public static boolean match(Filters filters, Image image) {
        var labels = image.configuration().execution().labels();
        if (filters.has("label") && !filters.labels("label", labels)) {
            return false;
        }
        return !filters.has("label!") || !filters.labels("label!", labels);
    }
}
