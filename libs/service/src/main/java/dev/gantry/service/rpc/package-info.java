/**
 * gRPC between the services: servers on the network under mutual TLS and inside the process, channels that choose between the
 * two, roles, deadlines, errors, back-pressure. It is grpc-java itself: Quarkus's own server does not see cancelled or dead clients.
 */
@NullMarked
package dev.gantry.service.rpc;

import org.jspecify.annotations.NullMarked;
