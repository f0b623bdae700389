/** Published ports as clients write them: {@code 80/tcp}, {@code 8000-8010}, an address of the host. */
@NullMarked
package dev.gantry.contracts.docker.port;

import org.jspecify.annotations.NullMarked;
