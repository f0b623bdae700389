/** Facts on their way from a service's database to the log. */
@NullMarked
package dev.gantry.events;

import org.jspecify.annotations.NullMarked;
