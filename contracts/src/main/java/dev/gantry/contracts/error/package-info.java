/** The catalogue of errors: what can go wrong, in the words Docker's clients match on. */
@NullMarked
package dev.gantry.contracts.error;

import org.jspecify.annotations.NullMarked;
