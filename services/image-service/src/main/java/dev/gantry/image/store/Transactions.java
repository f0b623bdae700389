package dev.gantry.image.store;

import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.Images;
import dev.gantry.image.removal.Removal;
import dev.gantry.oci.reference.ImageReference;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The changes of the database, each with its events in one transaction. */
@ApplicationScoped
class Transactions {
    private final ImageRows images;
    private final ReferenceRows references;
    private final LooseBlobRows loose;
    private final ImageEvents events;

    Transactions(ImageRows images, ReferenceRows references, LooseBlobRows loose, ImageEvents events) {
        this.images = images;
        this.references = references;
        this.loose = loose;
        this.events = events;
    }

    @Transactional
    Images load() {
        return images.load();
    }

    @Transactional
    void expect(String digest) {
        loose.save(digest, "");
    }

    @Transactional
    List<LooseBlobRow> loose() {
        return loose.listAll();
    }

    @Transactional
    void forget(String digest) {
        loose.deleteById(digest);
    }

    /** @param name what it is called from now on; tagged before it is said to be imported, as in Docker */
    @Transactional
    void add(Image image, Optional<ImageReference> name, Instant when) {
        images.save(image);
        name.ifPresent(reference -> name(image, reference, when));
        events.say(image, "import", image.id().toString());
        events.state(image);
        image.layers().forEach(layer -> loose.deleteById(layer.digest()));
    }

    /** Its names come without a word of their own, as in Docker. */
    @Transactional
    void load(Image image, Collection<ImageReference> names, Instant when) {
        images.save(image);
        names.forEach(name -> references.save(Images.key(name), image.id().toString(), when));
        events.say(image, "load", image.id().toString());
        events.state(image);
        image.layers().forEach(layer -> loose.deleteById(layer.digest()));
    }

    @Transactional
    void saved(Collection<Image> images) {
        images.forEach(image -> events.say(image, "save", image.id().toString()));
    }

    @Transactional
    void tag(Image image, ImageReference name, Instant when) {
        images.save(image);
        name(image, name, when);
        events.state(image);
    }

    private void name(Image image, ImageReference name, Instant when) {
        references.save(Images.key(name), image.id().toString(), when);
        events.say(image, "tag", name.familiar());
    }

    @Transactional
    void remove(Removal.Plan plan) {
        for (Removal.Step step : plan.steps()) {
            switch (step) {
                case Removal.Step.Untag untag -> untag(untag);
                case Removal.Step.Delete delete -> delete(delete, plan.after());
            }
        }
        plan.steps().stream()
                .map(step -> plan.after().get(step.image().id()))
                .flatMap(Optional::stream)
                .distinct()
                .forEach(this::keep);
    }

    private void untag(Removal.Step.Untag step) {
        references.remove(Images.key(step.name()));
        events.say(step.image(), "untag", step.image().id().toString());
    }

    /** Its blobs become loose unless another image has them. */
    private void delete(Removal.Step.Delete step, Images after) {
        Image image = step.image();
        images.remove(image);
        events.say(image, "delete", image.id().toString());
        events.gone(image);
        image.layers().stream()
                .filter(layer -> !after.needsBlob(layer.digest()))
                .forEach(layer ->
                        loose.save(layer.digest(), step.used() ? image.id().toString() : ""));
    }

    private void keep(Image image) {
        images.save(image);
        events.state(image);
    }
}
