/** What answers of older API versions had differently, one function for each difference. */
@NullMarked
package dev.gantry.gateway.shim;

import org.jspecify.annotations.NullMarked;
