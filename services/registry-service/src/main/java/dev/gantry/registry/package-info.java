/**
 * registry-service: the content store of the platform and OCI distribution's {@code /v2/}. It runs as an unprivileged user; its bytes lie
 * below {@code <data>/registry}, what it knows of them in the database {@code registry}.
 */
@NullMarked
package dev.gantry.registry;

import org.jspecify.annotations.NullMarked;
