/**
 * The platform's one table of nf_tables, over netlink: what publishes ports, masquerades containers and keeps bridges apart. Rules are
 * installed once; a bridge or a published port is an element of a set or map. No program is started for any of it.
 */
@NullMarked
package dev.gantry.linux.nftables;

import org.jspecify.annotations.NullMarked;
