/** The first thing an agent does: it takes over what the one before it left running, and finishes or undoes what that left half done. */
@NullMarked
package dev.gantry.agent.adopt;

import org.jspecify.annotations.NullMarked;
