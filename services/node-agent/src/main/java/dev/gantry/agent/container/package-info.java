/** What the agent holds of each container while it lives: its journal, its spool, its input, and the run that is on. */
@NullMarked
package dev.gantry.agent.container;

import org.jspecify.annotations.NullMarked;
