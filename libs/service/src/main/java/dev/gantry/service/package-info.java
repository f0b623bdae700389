/** What every service shares and nothing else: the instance's names, gRPC and internal HTTP under mutual TLS, errors, tracing. */
@NullMarked
package dev.gantry.service;

import org.jspecify.annotations.NullMarked;
