/** The node-agent: the runtime of one host. It starts, watches and cleans up containers and speaks gRPC only. */
@NullMarked
package dev.gantry.agent;

import org.jspecify.annotations.NullMarked;
