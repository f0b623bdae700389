/** The live and past events of all topics as Docker's one stream. */
@NullMarked
package dev.gantry.gateway.events;

import org.jspecify.annotations.NullMarked;
