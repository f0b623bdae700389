package dev.gantry.image.rpc;

import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.Images;
import dev.gantry.oci.digest.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bytes of layers, each counted once. */
final class Sizes {
    private Sizes() {}

    static long ofLayers(Images images) {
        Map<Digest, Long> sizes = new HashMap<>();
        for (Image image : images.all()) {
            List<Digest> chain = image.chainIds();
            for (int i = 0; i < chain.size(); i++) {
                sizes.put(chain.get(i), image.layers().get(i).contentSize());
            }
        }
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }
}
