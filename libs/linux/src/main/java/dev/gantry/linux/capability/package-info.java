/**
 * The capabilities of capabilities(7): their names and bits, Docker's default set, and what a container gets from
 * CapAdd, CapDrop and Privileged. Pure values; {@link dev.gantry.linux.capability.CapabilityRequest} is the way in.
 */
@NullMarked
package dev.gantry.linux.capability;

import org.jspecify.annotations.NullMarked;
