/** Bytes by digest: the port {@link dev.gantry.registry.content.ContentStore}, its contract, and the driver on a filesystem. */
@NullMarked
package dev.gantry.registry.content;

import org.jspecify.annotations.NullMarked;
