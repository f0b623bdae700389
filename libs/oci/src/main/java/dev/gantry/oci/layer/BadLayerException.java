package dev.gantry.oci.layer;

import java.io.IOException;

/** The archive is damaged, hostile or beyond a limit. The message names the entry and is meant for the user. */
public final class BadLayerException extends IOException {
    public BadLayerException(String message) {
        super(message);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is a dependency of its own
    static BadLayerException of(String format, Object... facts) {
        return new BadLayerException(String.format(java.util.Locale.ROOT, format, facts));
    }
}
