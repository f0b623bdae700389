package dev.gantry.volume.rpc;

import dev.gantry.contracts.rpc.HeldVolume;
import dev.gantry.contracts.rpc.InventoryFact;
import dev.gantry.contracts.rpc.VolumeReference;
import dev.gantry.volume.store.VolumeStore;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Volumes and who refers to them, told fact by fact. */
@Singleton
class Inventory {
    private final VolumeStore store;

    Inventory(VolumeStore store) {
        this.store = store;
    }

    List<InventoryFact> take() {
        var facts = new ArrayList<InventoryFact>();
        for (var volume : store.all()) {
            facts.add(InventoryFact.newBuilder()
                    .setVolume(HeldVolume.newBuilder()
                            .setName(volume.name())
                            .setNode(volume.node())
                            .setRemoving(volume.removing()))
                    .build());
        }
        for (var reference : store.references()) {
            facts.add(InventoryFact.newBuilder()
                    .setReference(VolumeReference.newBuilder()
                            .setContainer(reference.container())
                            .setVolume(reference.volume())
                            .setDestination(reference.destination())
                            .setMounted(reference.mounted()))
                    .build());
        }
        return facts;
    }
}
