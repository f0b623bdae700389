/** The whole of image-service on real PostgreSQL and a real registry, with a scheduler that only pretends. */
@NullMarked
package dev.gantry.image.service;

import org.jspecify.annotations.NullMarked;
