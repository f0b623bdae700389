/** The services behind the gateway, and how their silence becomes an error that names them. */
@NullMarked
package dev.gantry.gateway.backend;

import org.jspecify.annotations.NullMarked;
