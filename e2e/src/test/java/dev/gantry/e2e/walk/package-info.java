/**
 * A random walk: clients do what they like while processes of the platform are killed, and a model says which states each object can be in.
 * What is asked and what the model says are pure; {@link dev.gantry.e2e.walk.RandomWalkTest} joins them with a real platform.
 */
@NullMarked
package dev.gantry.e2e.walk;

import org.jspecify.annotations.NullMarked;
