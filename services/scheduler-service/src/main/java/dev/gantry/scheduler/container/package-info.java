/** What the scheduler knows of a container: its specification, its status, the orders its agent has not acknowledged, its name. */
@NullMarked
package dev.gantry.scheduler.container;

import org.jspecify.annotations.NullMarked;
