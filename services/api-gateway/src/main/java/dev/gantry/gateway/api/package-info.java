/** The words that the server and the operations share: a call, its query, its answer. */
@NullMarked
package dev.gantry.gateway.api;

import org.jspecify.annotations.NullMarked;
