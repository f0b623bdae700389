/** Containers: what a create asks for, what inspect, list and wait answer. */
@NullMarked
package dev.gantry.contracts.docker.container;

import org.jspecify.annotations.NullMarked;
