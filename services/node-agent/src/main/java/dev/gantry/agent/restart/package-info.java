/** Restart policies: which container is started again when it ends, and after which pause. All of it without the control plane. */
@NullMarked
package dev.gantry.agent.restart;

import org.jspecify.annotations.NullMarked;
