/** Published ports: what is asked, what is free. Pure decisions. */
@NullMarked
package dev.gantry.network.port;

import org.jspecify.annotations.NullMarked;
