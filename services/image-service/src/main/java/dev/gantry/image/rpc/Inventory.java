package dev.gantry.image.rpc;

import dev.gantry.contracts.rpc.HeldImage;
import dev.gantry.contracts.rpc.InventoryFact;
import dev.gantry.contracts.rpc.LooseBlob;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.StoredLayer;
import dev.gantry.image.store.Catalog;
import dev.gantry.oci.reference.ImageReference;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Images and the blobs that may be of no use, told fact by fact. */
@Singleton
class Inventory {
    private final Catalog catalog;

    Inventory(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The loose ones before the images: a blob that an import has just put to use is told of twice rather than never. */
    List<InventoryFact> take() {
        var facts = new ArrayList<InventoryFact>();
        for (String digest : catalog.looseBlobs()) {
            facts.add(InventoryFact.newBuilder()
                    .setLooseBlob(LooseBlob.newBuilder().setDigest(digest))
                    .build());
        }
        var images = catalog.images();
        for (Image image : images.all()) {
            facts.add(InventoryFact.newBuilder()
                    .setImage(HeldImage.newBuilder()
                            .setId(image.id().toString())
                            .addAllReferences(images.names(image).stream()
                                    .map(ImageReference::familiar)
                                    .toList())
                            .addAllLayers(image.layers().stream()
                                    .map(Inventory::layer)
                                    .toList()))
                    .build());
        }
        return facts;
    }

    private static ResolvedImage.Layer layer(StoredLayer layer) {
        return ResolvedImage.Layer.newBuilder()
                .setDiffId(layer.diffId())
                .setDigest(layer.digest())
                .setMediaType(layer.mediaType())
                .setSize(layer.blobSize())
                .build();
    }
}
