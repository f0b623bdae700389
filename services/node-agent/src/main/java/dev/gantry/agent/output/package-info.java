/**
 * What containers write and read. The kernel moves output from the pipe to a spool file per container and stream; an index says when
 * which bytes came. Attach and logs read spool and index at a place of their own, so a slow reader stops nobody, and an agent that
 * was killed finds everything where it was.
 */
@NullMarked
package dev.gantry.agent.output;

import org.jspecify.annotations.NullMarked;
