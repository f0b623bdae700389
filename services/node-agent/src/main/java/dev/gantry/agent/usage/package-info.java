/** What a running container does at this moment: its processes, and what they use of the host. */
@NullMarked
package dev.gantry.agent.usage;

import org.jspecify.annotations.NullMarked;
