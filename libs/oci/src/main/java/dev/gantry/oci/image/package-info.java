/** The documents of the OCI image specification 1.1: configs, manifests, descriptors; with the fields that Docker adds. */
@NullMarked
package dev.gantry.oci.image;

import org.jspecify.annotations.NullMarked;
