/** Bulk bytes of images over internal HTTP: who listens, and what every route does with a request that is refused. */
@NullMarked
package dev.gantry.image.http;

import org.jspecify.annotations.NullMarked;
