package dev.gantry.image.importing;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.oci.layer.BadLayerException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.ZipException;

/** Docker's words for an archive that cannot be read: 500 for a bad one, and just Go's words for one that ends too early. */
public final class BadArchives {
    private BadArchives() {}

    public static GantryException refusal(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof EOFException || message.equals("unexpected EOF")) {
            return ErrorCode.INTERNAL.with("unexpected EOF").causedBy(e);
        }
        if (message.toLowerCase(Locale.ROOT).contains("no space left")) {
            return ErrorCode.NO_SPACE.with(message).causedBy(e);
        }
        boolean bad = e instanceof BadLayerException || e instanceof ZipException;
        return (bad ? ErrorCode.BAD_ARCHIVE : ErrorCode.INTERNAL).with(message).causedBy(e);
    }
}
