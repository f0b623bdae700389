/** The life of a container, from create to destroy: pure transitions, one mailbox per container, and the effects that follow each commit. */
@NullMarked
package dev.gantry.scheduler.lifecycle;

import org.jspecify.annotations.NullMarked;
