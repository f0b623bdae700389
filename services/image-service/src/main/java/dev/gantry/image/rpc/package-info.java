/** What image-service answers over gRPC, and what it asks of others. */
@NullMarked
package dev.gantry.image.rpc;

import org.jspecify.annotations.NullMarked;
