/** Docker's {@code filters} query parameter. */
@NullMarked
package dev.gantry.contracts.filter;

import org.jspecify.annotations.NullMarked;
