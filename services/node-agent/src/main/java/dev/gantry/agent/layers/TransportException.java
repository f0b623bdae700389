package dev.gantry.agent.layers;

import java.io.IOException;

/** The blob's bytes could not be had, whatever they are; all other errors while unpacking are the bytes' own fault. */
final class TransportException extends IOException {
    TransportException(String message, IOException cause) {
        super(message, cause);
    }
}
