package dev.gantry.image.archive;

import dev.gantry.oci.image.OciJson;
import dev.gantry.oci.layer.BadLayerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of an archive, on our own disk.
 *
 * @param name in the archive
 */
record SpooledFile(String name, Path path, long size) {
    InputStream open() throws IOException {
        return Files.newInputStream(path);
    }

    /** Its bytes as a JSON document may have them: {@value OciJson#MAX_BYTES} at most. */
    byte[] bytes() throws IOException {
        if (size > OciJson.MAX_BYTES) {
            throw new BadLayerException(name + ": " + size + " bytes are more than a document may have");
        }
        return Files.readAllBytes(path);
    }

    /** @throws BadLayerException naming the file when it is no such document */
    <T> T read(Class<T> type) throws IOException {
        try {
            return OciJson.read(bytes(), type);
        } catch (BadLayerException e) {
            throw e;
        } catch (IOException e) {
            throw (IOException) new BadLayerException(name + ": " + e.getMessage()).initCause(e);
        }
    }
}
