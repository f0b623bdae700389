package dev.gantry.scheduler.lifecycle;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Creates that have asked for an image and are not committed. Whoever removes an image asks who uses it: a create whose image is
 * not known yet is waited for, shortly, since image-service may hold its answer back until it has removed the image.
 */
final class CreatesInFlight {
    private static final Duration SHORTLY = Duration.ofMillis(500);

    /** One create: its container's id, what its creator wrote, and the image once it is known. */
    record Create(String container, String reference, CompletableFuture<String> imageId) {
        void found(String id) {
            imageId.complete(id);
        }
    }

    private final Set<Create> creates = ConcurrentHashMap.newKeySet();

    Create begin(String container, String reference) {
        var create = new Create(container, reference, new CompletableFuture<>());
        creates.add(create);
        return create;
    }

    void end(Create create) {
        create.imageId().complete("");
        creates.remove(create);
    }

    boolean has(String container) {
        return creates.stream().anyMatch(create -> create.container().equals(container));
    }

    java.util.List<Create> of(String imageId) {
        return creates.stream()
                .filter(create -> known(create).filter(imageId::equals).isPresent())
                .toList();
    }

    private static Optional<String> known(Create create) {
        try {
            return Optional.of(create.imageId().get(SHORTLY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
