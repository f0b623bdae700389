/** Facts on their way from a service's database to the log, and state views on their way back. */
@NullMarked
package dev.gantry.events;

import org.jspecify.annotations.NullMarked;
