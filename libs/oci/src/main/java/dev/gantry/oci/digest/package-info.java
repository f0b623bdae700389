/** Content by its digest: names for bytes that cannot lie. */
@NullMarked
package dev.gantry.oci.digest;

import org.jspecify.annotations.NullMarked;
