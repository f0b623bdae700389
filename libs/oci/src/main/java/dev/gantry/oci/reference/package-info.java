/** What users call images: the grammar and the normalisation of Docker's names (distribution/reference). */
@NullMarked
package dev.gantry.oci.reference;

import org.jspecify.annotations.NullMarked;
