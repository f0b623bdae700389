package dev.gantry.image.removal;

import dev.gantry.contracts.docker.image.ImageDeleted;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.Images;
import dev.gantry.image.removal.ImageUse.User;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.reference.ImageReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One removal in the making, after Docker's {@code ImageDelete}: by a name it untags and deletes the image with its last name; by an id it
 * deletes the image with all its names. Parents that nobody needs go with it.
 */
public final class Removal {
    private static final int SHORT = 12;

    private final ImageUse use;
    private final boolean force;
    private final boolean prune;
    private final List<Step> steps = new ArrayList<>();
    private final List<ImageDeleted> report = new ArrayList<>();
    private Images images;

    private Removal(Images images, ImageUse use, boolean force, boolean prune) {
        this.images = images;
        this.use = use;
        this.force = force;
        this.prune = prune;
    }

    /** What changes, in order. */
    public sealed interface Step {
        Image image();

        record Untag(Image image, ImageReference name) implements Step {}

        /** @param used whether containers still use it, so that its layers must stay */
        record Delete(Image image, boolean used) implements Step {}
    }

    /**
     * The decision.
     *
     * @param after the images once the steps are done
     * @param report in Docker's words
     */
    public record Plan(List<Step> steps, Images after, List<ImageDeleted> report) {
        public Plan {
            steps = List.copyOf(steps);
            report = List.copyOf(report);
        }
    }

    /** @throws GantryException NO_SUCH_IMAGE, or a conflict in Docker's words */
    public static Plan plan(Images images, ImageUse use, String reference, boolean force, boolean prune) {
        Removal removal = new Removal(images, use, force, prune);
        removal.remove(images.find(reference).image(), reference);
        return new Plan(removal.steps, removal.images, removal.report);
    }

    private void remove(Image image, String reference) {
        if (Images.isIdPrefix(image, reference)) {
            removeById(image);
        } else {
            removeByName(image, reference);
        }
    }

    private void removeByName(Image image, String reference) {
        if (!force && isSingle(images.names(image))) {
            use.of(image.id()).stream().findFirst().ifPresent(user -> {
                throw ErrorCode.IMAGE_IN_USE.with(
                        reference, shortened(user.container()), image.id().shortHex());
            });
        }
        ImageReference name = Images.named(reference).orLatest();
        untag(image, name);
        if (name.digest().isEmpty()) {
            untagLeftDigests(image, name);
        }
        if (images.names(image).isEmpty()) {
            delete(image, force, prune, true);
        }
    }

    /** Digests of a repository whose last tag went are names that nobody would look for. */
    private void untagLeftDigests(Image image, ImageReference name) {
        List<ImageReference> sameRepository = images.names(image).stream()
                .filter(other -> other.name().equals(name.name()))
                .toList();
        if (sameRepository.stream().allMatch(other -> other.digest().isPresent())) {
            sameRepository.forEach(other -> untag(image, other));
        }
    }

    private void removeById(Image image) {
        List<ImageReference> names = images.names(image);
        if (isSingle(names)) {
            conflict(image, !force, false).ifPresent(conflict -> {
                throw conflict.error();
            });
            names.forEach(name -> untag(image, name));
        }
        delete(image, force, prune, false);
    }

    /** @param quiet a conflict leaves the image where it is, unless the user should know */
    private void delete(Image image, boolean forced, boolean withParents, boolean quiet) {
        Optional<Conflict> conflict = conflict(image, !forced, !forced);
        if (conflict.isPresent()) {
            if (quiet && (!isDangling(image) || conflict.get().used())) {
                return;
            }
            throw conflict.get().error();
        }
        images.names(image).forEach(name -> untag(image, name));
        deleteUnnamed(image);
        if (withParents) {
            images.parent(image).ifPresent(parent -> delete(parent, false, true, true));
        }
    }

    private void untag(Image image, ImageReference name) {
        steps.add(new Step.Untag(image, name));
        report.add(new ImageDeleted("", name.familiar()));
        images = images.untagged(name);
    }

    private void deleteUnnamed(Image image) {
        boolean used = !use.of(image.id()).isEmpty();
        steps.add(new Step.Delete(image, used));
        report.add(new ImageDeleted(image.id().toString(), ""));
        images = images.without(image);
        if (!used) {
            freedLayers(image).forEach(chain -> report.add(new ImageDeleted(chain.toString(), "")));
        }
    }

    /** The layers, the top one first, that no other image stands on. */
    private List<Digest> freedLayers(Image image) {
        Set<Digest> held = new HashSet<>();
        images.all().forEach(other -> held.addAll(other.chainIds()));
        return image.chainIds().reversed().stream()
                .filter(chain -> !held.contains(chain))
                .toList();
    }

    /** @param used whether a container is what is in the way */
    private record Conflict(GantryException error, boolean used) {}

    private Optional<Conflict> conflict(Image image, boolean stopped, boolean names) {
        if (!images.children(image).isEmpty()) {
            return Optional.of(new Conflict(
                    ErrorCode.CONFLICT.with("conflict: unable to delete "
                            + image.id().shortHex() + " (cannot be forced) - image has dependent child images"),
                    false));
        }
        List<User> users = use.of(image.id());
        String id = image.id().shortHex();
        Optional<Conflict> running = users.stream()
                .filter(User::running)
                .findFirst()
                .map(user -> new Conflict(ErrorCode.IMAGE_RUNNING.with(id, shortened(user.container())), true));
        if (running.isPresent()) {
            return running;
        }
        if (names && !images.names(image).isEmpty()) {
            return Optional.of(new Conflict(ErrorCode.IMAGE_REFERENCED.with(id), false));
        }
        return users.stream()
                .filter(user -> stopped)
                .findFirst()
                .map(user -> new Conflict(ErrorCode.IMAGE_STOPPED.with(id, shortened(user.container())), true));
    }

    private boolean isDangling(Image image) {
        return images.names(image).isEmpty() && images.children(image).isEmpty();
    }

    /** At most one tag, and digests of its repository alone. */
    private static boolean isSingle(List<ImageReference> names) {
        if (names.size() <= 1) {
            return true;
        }
        long tags = names.stream().filter(name -> name.digest().isEmpty()).count();
        long repositories = names.stream().map(ImageReference::name).distinct().count();
        return tags <= 1 && repositories == 1;
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(SHORT, id.length()));
    }
}
