package dev.gantry.image.removal;

import dev.gantry.oci.digest.Digest;
import java.util.List;

/** Who uses an image: containers, also those whose creation is under way. */
@FunctionalInterface
public interface ImageUse {
    List<User> of(Digest image);

    /** @param container its id */
    record User(String container, boolean running) {}
}
