/** The contract of volume-service. Volumes are not built yet: there are none, and whoever asks for one is told so by name. */
@NullMarked
package dev.gantry.volume;

import org.jspecify.annotations.NullMarked;
