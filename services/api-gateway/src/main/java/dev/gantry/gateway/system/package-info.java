/** Operations about the platform itself: ping, version, info. */
@NullMarked
package dev.gantry.gateway.system;

import org.jspecify.annotations.NullMarked;
