/** Networks and the endpoints of containers in PostgreSQL: joined and left, each once, with their events. */
@NullMarked
package dev.gantry.network.endpoint;

import org.jspecify.annotations.NullMarked;
