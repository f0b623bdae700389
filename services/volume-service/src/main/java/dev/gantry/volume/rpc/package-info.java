/** The gRPC face of volume-service, and the agents it asks. */
@NullMarked
package dev.gantry.volume.rpc;

import org.jspecify.annotations.NullMarked;
