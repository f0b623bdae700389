/**
 * Orders of the scheduler and how they are carried out: {@link dev.gantry.agent.orders.Generations} decides whether one is to be done,
 * joined, answered from the journal or refused; start, stop, kill and release are one class each.
 */
@NullMarked
package dev.gantry.agent.orders;

import org.jspecify.annotations.NullMarked;
