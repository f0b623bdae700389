/** Operations on networks, volumes and plugins: what is built of them is to look at them. */
@NullMarked
package dev.gantry.gateway.networks;

import org.jspecify.annotations.NullMarked;
