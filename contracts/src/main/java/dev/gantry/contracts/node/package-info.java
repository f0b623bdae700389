/** What an agent tells of its host. */
@NullMarked
package dev.gantry.contracts.node;

import org.jspecify.annotations.NullMarked;
