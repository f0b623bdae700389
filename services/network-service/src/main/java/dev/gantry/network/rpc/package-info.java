/** The gRPC face of network-service. */
@NullMarked
package dev.gantry.network.rpc;

import org.jspecify.annotations.NullMarked;
