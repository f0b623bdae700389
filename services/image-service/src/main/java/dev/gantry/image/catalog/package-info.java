/** Images and their names as values: what a text resolves to, who is whose child. No I/O. */
@NullMarked
package dev.gantry.image.catalog;

import org.jspecify.annotations.NullMarked;
