/** Networks, as far as a container sees them. */
@NullMarked
package dev.gantry.contracts.docker.network;

import org.jspecify.annotations.NullMarked;
