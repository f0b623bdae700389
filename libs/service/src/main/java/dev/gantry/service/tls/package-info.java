/** Certificates of the internal CA: who we are, who the other side is. */
@NullMarked
package dev.gantry.service.tls;

import org.jspecify.annotations.NullMarked;
