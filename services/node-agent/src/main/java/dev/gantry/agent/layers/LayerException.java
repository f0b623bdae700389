package dev.gantry.agent.layers;

/**
 * A layer that cannot be had: it is missing, damaged, hostile or the disk is full. The message names the layer and, for a
 * bad archive, the entry. Nothing of the layer is left on the disk.
 */
public final class LayerException extends RuntimeException {
    public LayerException(String message) {
        super(message);
    }

    public LayerException(String message, Throwable cause) {
        super(message, cause);
    }
}
