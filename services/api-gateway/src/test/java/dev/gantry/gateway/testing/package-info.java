/** The gateway with hand-written services behind it, and a client that speaks bytes. */
@NullMarked
package dev.gantry.gateway.testing;

import org.jspecify.annotations.NullMarked;
