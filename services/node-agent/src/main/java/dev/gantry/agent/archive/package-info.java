/**
 * Files of containers, running or not, as archives: what {@code docker cp}, {@code export} and {@code diff} ask for. The container may change every
 * path while it is being read or written, so nothing here goes by a path of the host: what a user names is resolved by the kernel inside
 * the container's root, and from there on everything is one name relative to an open descriptor, whose links are not followed.
 */
@NullMarked
package dev.gantry.agent.archive;

import org.jspecify.annotations.NullMarked;
