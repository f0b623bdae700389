/** Watching and moving: one epoll thread for a thousand descriptors, splice from pipes to files, what is made ahead. */
@NullMarked
package dev.gantry.linux.process;

import org.jspecify.annotations.NullMarked;
