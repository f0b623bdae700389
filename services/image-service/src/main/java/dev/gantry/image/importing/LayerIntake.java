package dev.gantry.image.importing;

import dev.gantry.image.blob.BlobStore;
import dev.gantry.image.catalog.StoredLayer;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.digest.Digester;
import dev.gantry.oci.image.MediaTypes;
import dev.gantry.oci.layer.Compression;
import dev.gantry.oci.layer.LayerEntry;
import dev.gantry.oci.layer.LayerLimits;
import dev.gantry.oci.layer.LayerReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Takes a layer in: unpacked, digested, checked and sent on in one pass. It is stored uncompressed: its blob's digest is its diff id, the
 * import costs no compression (gzip in Java packs some 40 MB/s on one core) and the unpacking on a node no decompression; disk is what it costs.
 */
public final class LayerIntake {
    private LayerIntake() {}

    /**
     * @param uncompressedLimit bytes that the archive may have
     * @throws dev.gantry.oci.layer.BadLayerException when the archive is refused
     */
    public static StoredLayer take(InputStream archive, BlobStore.Upload upload, long uncompressedLimit)
            throws IOException {
        Digester digester = Digester.sha256();
        LayerLimits limits =
                new LayerLimits(LayerLimits.DEFAULT.entries(), uncompressedLimit, LayerLimits.DEFAULT.extendedHeader());
        Sending sending = new Sending(Compression.unpack(archive), digester, upload);
        long contentSize = check(new LayerReader(sending, limits));
        upload.flush();
        long size = digester.size();
        Digest digest = digester.digest();
        return new StoredLayer(digest.toString(), digest.toString(), MediaTypes.OCI_LAYER, size, contentSize);
    }

    /** Reads all entries; returns the bytes of the files. */
    private static long check(LayerReader reader) throws IOException {
        long size = 0;
        for (Optional<LayerEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            if (entry.get() instanceof LayerEntry.File file) {
                size += file.size();
            }
        }
        return size;
    }

    /** What is read goes into the digest and to the registry. */
    private static final class Sending extends FilterInputStream {
        private final Digester digester;
        private final BlobStore.Upload upload;

        Sending(InputStream in, Digester digester, BlobStore.Upload upload) {
            super(in);
            this.digester = digester;
            this.upload = upload;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = in.read(target, offset, length);
            if (count > 0) {
                digester.update(target, offset, count);
                upload.write(target, offset, count);
            }
            return count;
        }
    }
}
