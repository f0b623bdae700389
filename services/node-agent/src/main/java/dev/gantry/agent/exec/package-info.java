/**
 * Further processes in running containers. {@link dev.gantry.agent.exec.Execs} is the way in. What must not be forgotten is in the
 * container's journal; output goes straight from the process' pipes to its one client, who by not reading stops the process and nobody
 * else. There is no monitor: see docs/decisions/0025.
 */
@NullMarked
package dev.gantry.agent.exec;

import org.jspecify.annotations.NullMarked;
