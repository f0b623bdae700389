/**
 * Unpacked image layers of this host: fetched from the content store, verified, unpacked each on its own under
 * {@code <data>/agent/layers/<diff id>/diff} and shared by all images. {@link dev.gantry.agent.layers.LayerStore} is the
 * way in. A layer's bytes are a stranger's: nothing they name is ever resolved outside the layer's own directory.
 */
@NullMarked
package dev.gantry.agent.layers;

import org.jspecify.annotations.NullMarked;
