/** Images: inspect, list, history, removal. */
@NullMarked
package dev.gantry.contracts.docker.image;

import org.jspecify.annotations.NullMarked;
