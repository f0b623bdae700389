/** Images as Docker shows them: list, inspect, history, and the filters of a list. */
@NullMarked
package dev.gantry.image.listing;

import org.jspecify.annotations.NullMarked;
