/**
 * Compares what every store of one instance knows with what every other knows and with what the kernel of this host has. Facts are collected by
 * {@link dev.gantry.launcher.consistency.Collector}, compared by {@link dev.gantry.launcher.consistency.Comparison}, which is pure, and looked at again
 * by {@link dev.gantry.launcher.consistency.Settling} until what was in motion has come to rest.
 */
@NullMarked
package dev.gantry.launcher.consistency;

import org.jspecify.annotations.NullMarked;
