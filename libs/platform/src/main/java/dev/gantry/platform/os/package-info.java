/** Users of the host, and files that belong to one of them alone. */
@NullMarked
package dev.gantry.platform.os;

import org.jspecify.annotations.NullMarked;
