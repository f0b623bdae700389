/** Containers in Docker's shapes: inspect, list, filters, and words for durations. */
@NullMarked
package dev.gantry.scheduler.view;

import org.jspecify.annotations.NullMarked;
