/**
 * Images in PostgreSQL and, write-through, in memory. {@link dev.gantry.image.store.Catalog} is the one way in: it decides on the images as they
 * are, commits, and shows the result.
 */
@NullMarked
package dev.gantry.image.store;

import org.jspecify.annotations.NullMarked;
