package dev.gantry.registry.blobs;

import dev.gantry.contracts.rpc.InventoryFact;
import dev.gantry.contracts.rpc.StoredBlob;
import dev.gantry.registry.content.ContentStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every blob that a row or a file is there for, told as a fact. */
@Singleton
class Inventory {
    private final BlobRows rows;
    private final ContentStore content;

    Inventory(BlobRows rows, ContentStore content) {
        this.rows = rows;
        this.content = content;
    }

    List<InventoryFact> take() throws IOException {
        Map<String, StoredBlob.Builder> blobs = new TreeMap<>();
        for (BlobRow row : rows.all()) {
            blob(blobs, row.digest).setSize(row.size).setRecorded(true);
        }
        for (ContentStore.Stored stored : content.all()) {
            StoredBlob.Builder blob = blob(blobs, stored.digest().toString());
            // one that is cut short is as good as none
            blob.setOnDisk(!blob.getRecorded() || blob.getSize() == stored.size());
        }
        return blobs.values().stream()
                .map(blob -> InventoryFact.newBuilder().setBlob(blob).build())
                .toList();
    }

    private static StoredBlob.Builder blob(Map<String, StoredBlob.Builder> blobs, String digest) {
        return blobs.computeIfAbsent(digest, key -> StoredBlob.newBuilder().setDigest(key));
    }
}
