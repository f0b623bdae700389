/** The one name that everything on a host is called after. */
@NullMarked
package dev.gantry.service.instance;

import org.jspecify.annotations.NullMarked;
