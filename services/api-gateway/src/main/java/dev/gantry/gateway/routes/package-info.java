/** The one table of every operation of the Engine API, built or not. */
@NullMarked
package dev.gantry.gateway.routes;

import org.jspecify.annotations.NullMarked;
