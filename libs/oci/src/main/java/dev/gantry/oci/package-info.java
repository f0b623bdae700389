/**
 * Images as the OCI image specification describes them, with no framework: digests, references, documents, layers. Everything that
 * is read here comes from strangers, so each reader validates and bounds what it reads before it hands anything on.
 */
@NullMarked
package dev.gantry.oci;

import org.jspecify.annotations.NullMarked;
