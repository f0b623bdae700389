package dev.gantry.launcher.consistency;

import dev.gantry.contracts.rpc.HeldEndpoint;
import dev.gantry.contracts.rpc.HeldImage;
import dev.gantry.contracts.rpc.HeldVolume;
import dev.gantry.contracts.rpc.HostedContainer;
import dev.gantry.contracts.rpc.InventoryFact;
import dev.gantry.contracts.rpc.LooseBlob;
import dev.gantry.contracts.rpc.ScheduledContainer;
import dev.gantry.contracts.rpc.ScheduledNode;
import dev.gantry.contracts.rpc.StoredBlob;
import dev.gantry.contracts.rpc.UnpackedLayer;
import dev.gantry.contracts.rpc.VolumeOnDisk;
import dev.gantry.contracts.rpc.VolumeReference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What everybody knew at one moment, about as much as moments of several processes can be one. */
final class Facts {
    private static final int SHORT_ID = 12;

    private final String node;
    private final Map<Store, List<InventoryFact>> told;
    private final Map<Store, String> silent;
    private final KernelFacts kernel;
    private final Map<String, ScheduledContainer> scheduled;
    private final Map<String, HostedContainer> hosted;
    private final Map<String, HeldVolume> volumes;
    private final Map<String, StoredBlob> blobs;
    private final Set<String> layers;

    /**
     * @param node this host's name in the cluster
     * @param told by each service that answered
     * @param silent why the others did not
     */
    Facts(String node, Map<Store, List<InventoryFact>> told, Map<Store, String> silent, KernelFacts kernel) {
        this.node = node;
        this.told = Map.copyOf(told);
        this.silent = Map.copyOf(silent);
        this.kernel = kernel;
        scheduled = byKey(
                Store.SCHEDULER, InventoryFact::hasScheduled, InventoryFact::getScheduled, ScheduledContainer::getId);
        hosted = byKey(Store.AGENT, InventoryFact::hasHosted, InventoryFact::getHosted, HostedContainer::getId);
        volumes = byKey(Store.VOLUME, InventoryFact::hasVolume, InventoryFact::getVolume, HeldVolume::getName);
        blobs = byKey(Store.REGISTRY, InventoryFact::hasBlob, InventoryFact::getBlob, StoredBlob::getDigest);
        layers = some(Store.AGENT, InventoryFact::hasLayer, InventoryFact::getLayer)
                .map(UnpackedLayer::getDiffId)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether they all answered; what one of them did not tell cannot be missed elsewhere. */
    boolean know(Store... stores) {
        return Stream.of(stores).allMatch(told::containsKey);
    }

    String node() {
        return node;
    }

    Map<Store, String> silent() {
        return silent;
    }

    KernelFacts kernel() {
        return kernel;
    }

    Map<String, ScheduledContainer> scheduled() {
        return scheduled;
    }

    /** Those of this host alone: what other hosts have is seen there. */
    Collection<ScheduledContainer> scheduledHere() {
        return scheduled.values().stream()
                .filter(container -> container.getNode().equals(node))
                .toList();
    }

    Optional<ScheduledNode> scheduledNode() {
        return some(Store.SCHEDULER, InventoryFact::hasNode, InventoryFact::getNode)
                .filter(known -> known.getName().equals(node))
                .findFirst();
    }

    Map<String, HostedContainer> hosted() {
        return hosted;
    }

    List<HeldEndpoint> endpoints() {
        return some(Store.NETWORK, InventoryFact::hasEndpoint, InventoryFact::getEndpoint)
                .toList();
    }

    Map<String, HeldVolume> volumes() {
        return volumes;
    }

    List<VolumeReference> references() {
        return some(Store.VOLUME, InventoryFact::hasReference, InventoryFact::getReference)
                .toList();
    }

    List<String> volumesOnDisk() {
        return some(Store.AGENT, InventoryFact::hasVolumeOnDisk, InventoryFact::getVolumeOnDisk)
                .map(VolumeOnDisk::getName)
                .toList();
    }

    List<HeldImage> images() {
        return some(Store.IMAGE, InventoryFact::hasImage, InventoryFact::getImage)
                .toList();
    }

    List<String> looseBlobs() {
        return some(Store.IMAGE, InventoryFact::hasLooseBlob, InventoryFact::getLooseBlob)
                .map(LooseBlob::getDigest)
                .toList();
    }

    Map<String, StoredBlob> blobs() {
        return blobs;
    }

    /** Diff ids of those that are unpacked on this host. */
    Set<String> layers() {
        return layers;
    }

    /** How a person finds the container again. */
    String container(String id) {
        var name = Optional.ofNullable(scheduled.get(id)).map(ScheduledContainer::getName);
        return "container " + id.substring(0, Math.min(SHORT_ID, id.length()))
                + name.map(known -> " (" + known + ")").orElse("");
    }

    private <T> Stream<T> some(Store store, Predicate<InventoryFact> which, Function<InventoryFact, T> as) {
        return Objects.requireNonNullElse(told.get(store), List.<InventoryFact>of()).stream()
                .filter(which)
                .map(as);
    }

    private <T> Map<String, T> byKey(
            Store store, Predicate<InventoryFact> which, Function<InventoryFact, T> as, Function<T, String> key) {
        return some(store, which, as)
                .collect(Collectors.toMap(key, fact -> fact, (first, again) -> again, LinkedHashMap::new));
    }
}
