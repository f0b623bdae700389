/**
 * The only door to the kernel. {@link dev.gantry.linux.Kernel} makes system calls through the foreign function interface;
 * nothing else in the platform does. It comes in three versions: the real one, one that records and one that fails on
 * purpose, so everything above it can be tested as a value or with errors that a test cannot provoke otherwise.
 */
@NullMarked
package dev.gantry.linux;

import org.jspecify.annotations.NullMarked;
