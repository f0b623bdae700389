/** Networks and who is in them. */
@NullMarked
package dev.gantry.network;

import org.jspecify.annotations.NullMarked;
