package dev.gantry.launcher.consistency;

import dev.gantry.contracts.rpc.HostedContainer;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.contracts.rpc.ScheduledContainer;
import dev.gantry.contracts.rpc.StoredBlob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Images, the blobs that hold their layers, and the layers that are unpacked on this host. */
final class ImageCheck {
    private final Facts facts;
    private final List<Finding> findings = new ArrayList<>();

    private ImageCheck(Facts facts) {
        this.facts = facts;
    }

    static List<Finding> of(Facts facts) {
        var check = new ImageCheck(facts);
        if (facts.know(Store.REGISTRY)) {
            facts.blobs().values().forEach(check::whole);
        }
        if (facts.know(Store.REGISTRY, Store.IMAGE)) {
            check.images();
            check.loose();
        }
        if (facts.know(Store.REGISTRY, Store.SCHEDULER, Store.AGENT)) {
            facts.scheduledHere().forEach(check::startable);
        }
        if (facts.know(Store.AGENT)) {
            facts.hosted().values().forEach(check::unpacked);
        }
        return check.findings;
    }

    private void whole(StoredBlob blob) {
        if (!blob.getRecorded() || !blob.getOnDisk()) {
            findings.add(new Finding(
                    blob.getRecorded() ? "blob-file-gone" : "blob-file-left",
                    "blob " + blob.getDigest(),
                    blob.getRecorded() ? "has a row and no whole file" : "has a file and no row",
                    List.of(Store.REGISTRY),
                    List.of(),
                    "registry-service settles it at its next start"));
        }
    }

    private void images() {
        for (var image : facts.images()) {
            for (var layer : image.getLayersList()) {
                if (!there(layer)) {
                    findings.add(new Finding(
                            "blob-gone",
                            "image " + image.getId() + " " + image.getReferencesList(),
                            "blob " + layer.getDigest() + " of one of its layers is gone",
                            List.of(Store.IMAGE),
                            List.of(Store.REGISTRY),
                            "docker rmi it and import or load it again"));
                }
            }
        }
    }

    private boolean there(ResolvedImage.Layer layer) {
        var blob = facts.blobs().get(layer.getDigest());
        return blob != null && blob.getRecorded() && blob.getOnDisk();
    }

    private void loose() {
        Set<String> needed = new HashSet<>(facts.looseBlobs());
        facts.images().forEach(image -> image.getLayersList().forEach(layer -> needed.add(layer.getDigest())));
        for (var digest : facts.blobs().keySet()) {
            if (!needed.contains(digest)) {
                findings.add(new Finding(
                        "blob-left",
                        "blob " + digest,
                        "belongs to no image and is not noted to be deleted",
                        List.of(Store.REGISTRY),
                        List.of(Store.IMAGE),
                        "it only takes room"));
            }
        }
    }

    /** From its image's blobs, or from what is unpacked already. */
    private void startable(ScheduledContainer container) {
        for (var layer : container.getImage().getLayersList()) {
            if (!there(layer) && !facts.layers().contains(layer.getDiffId())) {
                findings.add(new Finding(
                        "layer-nowhere",
                        facts.container(container.getId()),
                        "layer " + layer.getDiffId() + " of its image is neither stored nor unpacked here",
                        List.of(Store.SCHEDULER),
                        List.of(Store.REGISTRY, Store.AGENT),
                        "import or load its image again"));
            }
        }
    }

    private void unpacked(HostedContainer container) {
        for (var layer : container.getImage().getLayersList()) {
            if (container.getRunning() && !facts.layers().contains(layer.getDiffId())) {
                findings.add(new Finding(
                        "layer-gone",
                        facts.container(container.getId()),
                        "runs and layer " + layer.getDiffId() + " is not unpacked here any more",
                        List.of(Store.AGENT),
                        List.of(Store.KERNEL),
                        "docker restart it"));
            }
        }
    }
}
