package dev.gantry.image.store;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.Images;
import dev.gantry.image.removal.ImageUse;
import dev.gantry.image.removal.Removal;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.reference.ImageReference;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The images of this engine. Readers see the last committed state without a lock or a query; there is one writer at a time, who commits before
 * readers see anything.
 */
@ApplicationScoped
public class Catalog {
    private static final Logger LOG = Logger.getLogger(Catalog.class);
    private static final int BEFORE_ANY_SERVER = 100;
    /** A removal starts over when a create resolved the image meanwhile. */
    private static final int ATTEMPTS = 8;

    private final Transactions transactions;
    private final ReentrantLock writer = new ReentrantLock();
    private final Removing removing = new Removing();
    private volatile Images images = Images.NONE;
    /** Whether memory may differ from the database; the writer's alone. */
    private boolean unsure;

    Catalog(Transactions transactions) {
        this.transactions = transactions;
    }

    void load(@Observes @Priority(BEFORE_ANY_SERVER) StartupEvent event) {
        images = transactions.load();
        LOG.infof("%d images, %d names", images.all().size(), images.allNames().size());
    }

    /** As they are now. */
    public Images images() {
        return images;
    }

    /** Resolves for a use of the image, which a removal under way must notice. */
    public Images.Found resolve(String reference) {
        Images.Found found = images.find(reference);
        // a removal that ended between the lookup and the mark shows in the images themselves
        if (!removing.noticed(found.image()) || images.get(found.image().id()).isEmpty()) {
            throw ErrorCode.NO_SUCH_IMAGE.with(
                    found.name().map(ImageReference::familiar).orElse(reference));
        }
        return found;
    }

    /** Says that a blob is about to be stored for an image that is not committed yet. */
    public void expect(String digest) {
        transactions.expect(digest);
    }

    /** A new image, or the same once more; with a name when one is given. */
    public void add(Image image, Optional<ImageReference> name) {
        write(() -> {
            Instant now = Instant.now();
            Image known = images.get(image.id()).orElse(image);
            Images after = name.map(reference -> images.with(known).tagged(reference, known, now))
                    .orElseGet(() -> images.with(known));
            transactions.add(after.get(image.id()).orElse(known), name, now);
            images = after;
            return image;
        });
    }

    /**
     * An image out of an archive, with its names there.
     *
     * @return the names that led to another image until now, and to which
     */
    public Map<ImageReference, Digest> load(Image image, Collection<ImageReference> names) {
        return write(() -> {
            Instant now = Instant.now();
            Map<ImageReference, Digest> displaced = new LinkedHashMap<>();
            Images after = images.with(images.get(image.id()).orElse(image));
            for (ImageReference name : names) {
                images.holder(name)
                        .filter(holder -> !holder.equals(image.id()))
                        .ifPresent(holder -> displaced.put(name, holder));
                after = after.tagged(name, after.get(image.id()).orElse(image), now);
            }
            transactions.load(after.get(image.id()).orElse(image), names, now);
            images = after;
            return displaced;
        });
    }

    /** Says that these images went into an archive. */
    public void saved(Collection<Image> saved) {
        transactions.saved(saved);
    }

    public void tag(String reference, ImageReference name) {
        write(() -> {
            Instant now = Instant.now();
            Image image = images.find(reference).image();
            Images after = images.tagged(name, image, now);
            transactions.tag(after.get(image.id()).orElse(image), name, now);
            images = after;
            return image;
        });
    }

    /**
     * Removes by Docker's rules. The images in question are marked before it is asked who uses them, so that a create that resolves one in
     * between is noticed and asked for.
     */
    public Removal.Plan remove(String reference, boolean force, boolean prune, ImageUse use) {
        return write(() -> {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<Removal.Plan> done = attempt(reference, force, prune, use);
                if (done.isPresent()) {
                    return done.get();
                }
            }
            throw ErrorCode.CONFLICT.with("conflict: unable to remove " + reference
                    + " (must be forced) - containers are being created from it");
        });
    }

    private Optional<Removal.Plan> attempt(String reference, boolean force, boolean prune, ImageUse use) {
        try {
            Removal.Plan plan = Removal.plan(
                    images,
                    image -> {
                        removing.mark(image);
                        return use.of(image);
                    },
                    reference,
                    force,
                    prune);
            List<Image> deleted = plan.steps().stream()
                    .filter(Removal.Step.Delete.class::isInstance)
                    .map(Removal.Step::image)
                    .toList();
            if (!removing.close(deleted)) {
                return Optional.empty();
            }
            transactions.remove(plan);
            images = plan.after();
            return Optional.of(plan);
        } finally {
            removing.clear();
        }
    }

    /** Blobs that may be of no use. */
    List<LooseBlobRow> loose() {
        return transactions.loose();
    }

    /** Their digests. */
    public List<String> looseBlobs() {
        return loose().stream().map(row -> row.digest).toList();
    }

    void forget(String digest) {
        transactions.forget(digest);
    }

    /** After a failed commit nobody knows what the database has, so it is read again before anything is decided on it. */
    private <T> T write(Supplier<T> change) {
        writer.lock();
        try {
            if (unsure) {
                reload();
            }
            return change.get();
        } catch (GantryException refused) {
            throw refused;
        } catch (RuntimeException e) {
            unsure = true;
            reload();
            throw e;
        } finally {
            writer.unlock();
        }
    }

    private void reload() {
        images = transactions.load();
        unsure = false;
    }
}
