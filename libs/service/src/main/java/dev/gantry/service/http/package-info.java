/** Bulk bytes between the services: HTTP/1.1 under mutual TLS, streamed with back-pressure in both directions. */
@NullMarked
package dev.gantry.service.http;

import org.jspecify.annotations.NullMarked;
