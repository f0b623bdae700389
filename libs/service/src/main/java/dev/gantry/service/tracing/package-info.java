/** Spans of every hop, written to a file of each process while {@code GANTRY_TRACES=true}. */
@NullMarked
package dev.gantry.service.tracing;

import org.jspecify.annotations.NullMarked;
