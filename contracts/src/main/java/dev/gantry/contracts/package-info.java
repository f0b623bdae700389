/**
 * What the parts of Gantry agree on: gRPC services ({@code src/main/proto}), Docker's objects as records, the catalogue
 * of errors, the envelope of events. No framework, no I/O.
 */
@NullMarked
package dev.gantry.contracts;

import org.jspecify.annotations.NullMarked;
