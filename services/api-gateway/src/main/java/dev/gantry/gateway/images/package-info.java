/** Operations on images. */
@NullMarked
package dev.gantry.gateway.images;

import org.jspecify.annotations.NullMarked;
