/** The gRPC face of the scheduler: who may ask what, in messages of the contract. */
@NullMarked
package dev.gantry.scheduler.rpc;

import org.jspecify.annotations.NullMarked;
