/**
 * image-service: images, what they are called, and how they came to be. Metadata lives in the database {@code image}; bytes are kept by
 * registry-service. It parses hostile bytes and runs as an unprivileged user.
 */
@NullMarked
package dev.gantry.image;

import org.jspecify.annotations.NullMarked;
