/**
 * Starts a container without running Java in it. A {@link dev.gantry.linux.launch.LaunchSpec} becomes a
 * {@link dev.gantry.linux.launch.SyscallList}, a plain value; 200 bytes of machine code walk that list, first as the
 * container's monitor, then as its pid 1 until it executes the program. The way in is {@link dev.gantry.linux.launch.Launcher}.
 */
@NullMarked
package dev.gantry.linux.launch;

import org.jspecify.annotations.NullMarked;
