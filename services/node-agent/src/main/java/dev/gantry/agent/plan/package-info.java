/**
 * From Docker's objects to what libs/linux launches: pure, tested as values. {@link dev.gantry.agent.plan.HonouredFields} says which
 * fields have their effect here; the gateway refuses the others before a container is created.
 */
@NullMarked
package dev.gantry.agent.plan;

import org.jspecify.annotations.NullMarked;
