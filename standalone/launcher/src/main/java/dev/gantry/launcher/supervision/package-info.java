/** Keeps processes running: start or adopt, watch, start again with growing pauses, stop. */
@NullMarked
package dev.gantry.launcher.supervision;

import org.jspecify.annotations.NullMarked;
