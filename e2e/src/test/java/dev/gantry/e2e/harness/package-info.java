/** A platform of its own for black-box tests, and the real clients that are pointed at it. */
@NullMarked
package dev.gantry.e2e.harness;

import org.jspecify.annotations.NullMarked;
