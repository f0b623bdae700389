/** What belongs to the Engine API as such: its versions. */
@NullMarked
package dev.gantry.contracts.api;

import org.jspecify.annotations.NullMarked;
