/** The agent's gRPC methods: thin, each hands over to the feature that does the work. */
@NullMarked
package dev.gantry.agent.server;

import org.jspecify.annotations.NullMarked;
