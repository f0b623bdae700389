/**
 * {@code docker load} and {@code docker save}: archives of whole images. An archive's entries come in any order and its documents last, so a load
 * spools them to disk first, reads the documents, and then takes image after image in. A save is decided before its first byte and streamed.
 */
@NullMarked
package dev.gantry.image.archive;

import org.jspecify.annotations.NullMarked;
