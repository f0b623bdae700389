/** Watches running processes: their output into the spool, their input, their end into the journal and up to the scheduler. */
@NullMarked
package dev.gantry.agent.monitor;

import org.jspecify.annotations.NullMarked;
