/** {@code docker import}: an archive comes in, is checked entry by entry while it is stored, and becomes an image of one layer. */
@NullMarked
package dev.gantry.image.importing;

import org.jspecify.annotations.NullMarked;
