/** The HTTP server on the unix socket: reads requests, finds their operation, writes answers; also hands a connection over raw. */
@NullMarked
package dev.gantry.gateway.server;

import org.jspecify.annotations.NullMarked;
