/** The engine itself: info, version, events. */
@NullMarked
package dev.gantry.contracts.docker.system;

import org.jspecify.annotations.NullMarked;
