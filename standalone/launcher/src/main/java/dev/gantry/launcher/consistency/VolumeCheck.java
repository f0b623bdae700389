package dev.gantry.launcher.consistency;

import dev.gantry.contracts.rpc.ScheduledContainer;
import dev.gantry.contracts.rpc.VolumeReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** volume-service's volumes and references against the scheduler's containers and the directories on this host. */
final class VolumeCheck {
    private final Facts facts;
    private final List<Finding> findings = new ArrayList<>();

    private VolumeCheck(Facts facts) {
        this.facts = facts;
    }

    static List<Finding> of(Facts facts) {
        var check = new VolumeCheck(facts);
        if (facts.know(Store.VOLUME)) {
            check.removals();
        }
        if (facts.know(Store.VOLUME, Store.AGENT)) {
            check.directories();
        }
        if (facts.know(Store.VOLUME, Store.SCHEDULER)) {
            facts.references().forEach(check::reference);
            facts.scheduled().values().forEach(check::claims);
        }
        return check.findings;
    }

    private void removals() {
        for (var volume : facts.volumes().values()) {
            if (volume.getRemoving()) {
                findings.add(new Finding(
                        "volume-removal-stuck",
                        "volume " + volume.getName(),
                        "is being removed and does not get on",
                        List.of(Store.VOLUME),
                        List.of(),
                        "it goes on by itself when node " + volume.getNode() + " answers"));
            }
        }
    }

    private void directories() {
        var onDisk = new HashSet<>(facts.volumesOnDisk());
        for (var volume : facts.volumes().values()) {
            if (volume.getNode().equals(facts.node()) && !volume.getRemoving() && !onDisk.contains(volume.getName())) {
                findings.add(new Finding(
                        "volume-files-gone",
                        "volume " + volume.getName(),
                        "has no directory on this host",
                        List.of(Store.VOLUME),
                        List.of(Store.AGENT),
                        "its files are lost; the next start of a container that mounts it makes it anew, empty"));
            }
        }
        for (var name : onDisk) {
            if (!facts.volumes().containsKey(name)) {
                findings.add(new Finding(
                        "volume-files-left",
                        "volume " + name,
                        "has a directory and does not exist",
                        List.of(Store.AGENT),
                        List.of(Store.VOLUME),
                        "docker volume create " + name + " and look into it, or docker volume rm it then"));
            }
        }
    }

    private void reference(VolumeReference reference) {
        var container = facts.scheduled().get(reference.getContainer());
        if (container == null) {
            add(
                    "reference-left",
                    reference.getContainer(),
                    "refers to volume " + reference.getVolume() + " and does not exist",
                    List.of(Store.VOLUME),
                    List.of(Store.SCHEDULER),
                    "volume-service ends it by itself after a few seconds");
        } else if (reference.getMounted() && !LifecycleCheck.isUp(container)) {
            add(
                    "mounted-left",
                    reference.getContainer(),
                    "volume " + reference.getVolume() + " counts as mounted, but it is " + container.getState(),
                    List.of(Store.VOLUME),
                    List.of(Store.SCHEDULER),
                    "docker start and docker stop it");
        } else if (!reference.getMounted() && LifecycleCheck.hasProcess(container)) {
            add(
                    "mounted-unnoticed",
                    reference.getContainer(),
                    "runs with volume " + reference.getVolume() + ", which does not count as mounted",
                    List.of(Store.SCHEDULER),
                    List.of(Store.VOLUME),
                    "docker restart it");
        }
        if (!facts.volumes().containsKey(reference.getVolume())) {
            add(
                    "reference-to-nothing",
                    reference.getContainer(),
                    "refers to volume " + reference.getVolume() + ", which does not exist",
                    List.of(Store.VOLUME),
                    List.of(),
                    "docker rm it");
        }
    }

    private void claims(ScheduledContainer container) {
        for (var volume : container.getVolumesList()) {
            var claimed = facts.references().stream()
                    .anyMatch(reference -> reference.getContainer().equals(container.getId())
                            && reference.getVolume().equals(volume));
            if (!claimed && !container.getState().equals("removing")) {
                add(
                        "reference-gone",
                        container.getId(),
                        "mounts volume " + volume + ", which anybody may remove",
                        List.of(Store.SCHEDULER),
                        List.of(Store.VOLUME),
                        "make the container anew");
            }
        }
    }

    private void add(String kind, String id, String what, List<Store> known, List<Store> missing, String remedy) {
        findings.add(new Finding(kind, facts.container(id), what, known, missing, remedy));
    }
}
