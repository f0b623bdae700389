/**
 * Control groups of containers: one group per container below {@code <instance>/} in each hierarchy, its limits, events
 * and counters. {@link dev.gantry.linux.cgroup.Cgroups} is the port; cgroup v1 (also in a hybrid host) and v2 stand behind
 * it. Groups are directories of the kernel, so they outlive the agent and are found again by container id.
 */
@NullMarked
package dev.gantry.linux.cgroup;

import org.jspecify.annotations.NullMarked;
