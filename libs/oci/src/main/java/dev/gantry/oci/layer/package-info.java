/**
 * Layers as tar archives. {@link dev.gantry.oci.layer.LayerReader} is the one way in: it yields {@link
 * dev.gantry.oci.layer.LayerEntry entries} that are validated, so that whoever unpacks them needs no check of its own
 * against names and links that try to leave the root.
 */
@NullMarked
package dev.gantry.oci.layer;

import org.jspecify.annotations.NullMarked;
