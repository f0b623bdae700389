/** The platform's foundations for tests of services: real, small, in a directory and on ports of their own. */
@NullMarked
package dev.gantry.platform.testing;

import org.jspecify.annotations.NullMarked;
