/** Docker's objects as records, one definition for requests, answers, gRPC documents and stored rows, and {@link
 * dev.gantry.contracts.docker.DockerJson the codec} that knows Docker's habits. */
@NullMarked
package dev.gantry.contracts.docker;

import org.jspecify.annotations.NullMarked;
