/**
 * What is known of blobs: rows in PostgreSQL beside bytes in the {@link dev.gantry.registry.content.ContentStore}. {@link
 * dev.gantry.registry.blobs.Blobs} is the one way in; it keeps the two in step.
 */
@NullMarked
package dev.gantry.registry.blobs;

import org.jspecify.annotations.NullMarked;
