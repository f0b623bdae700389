/** Addresses: which subnet a bridge gets, which address a container. Pure decisions. */
@NullMarked
package dev.gantry.network.address;

import org.jspecify.annotations.NullMarked;
