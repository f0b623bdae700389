/**
 * {@code /v2/} of the OCI distribution specification 1.1, over HTTP for the platform's own services: blobs and their uploads. Manifests, tags and
 * referrers answer 404 with the specification's errors until they are built.
 */
@NullMarked
package dev.gantry.registry.distribution;

import org.jspecify.annotations.NullMarked;
