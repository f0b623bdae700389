/**
 * The kernel's side of containers' networks: bridges, links, addresses, published ports. Others decide ({@code NetworkPlan}), this package
 * applies. What it makes carries the instance's name, so the next agent process finds it again: links by their alias, bridges and the table by
 * their names.
 */
@NullMarked
package dev.gantry.agent.network;

import org.jspecify.annotations.NullMarked;
