package dev.gantry.agent.layers;

import dev.gantry.agent.files.Trees;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.oci.digest.DigestInputStream;
import dev.gantry.oci.digest.DigestMismatchException;
import dev.gantry.oci.digest.Digester;
import dev.gantry.oci.layer.Compression;
import dev.gantry.oci.layer.LayerLimits;
import dev.gantry.oci.layer.LayerReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;

/** Brings one layer from the content store into an empty directory, verified on the way in both its forms. */
final class LayerFetch {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Kernel kernel;
    private final BlobSource blobs;
    private final Duration pause;

    LayerFetch(Kernel kernel, BlobSource blobs) {
        this(kernel, blobs, PAUSE);
    }

    LayerFetch(Kernel kernel, BlobSource blobs, Duration pause) {
        this.kernel = kernel;
        this.blobs = blobs;
        this.pause = pause;
    }

    /**
     * @param directory empty; what it holds after a failure is to be thrown away
     * @throws GantryException as {@link LayerStore#ensure} says
     */
    void into(Layer layer, Path directory) {
        try (var blob = new ResumingStream(blobs, layer.digest(), layer.size(), pause)) {
            unpack(layer, blob, directory);
        } catch (DigestMismatchException e) {
            throw ErrorCode.DIGEST_MISMATCH.with(e.expected(), e.actual()).after("layer " + layer.diffId() + ": ");
        } catch (TransportException e) {
            throw ErrorCode.SERVICE_AWAY
                    .with("registry", "blob " + layer.digest() + ": " + e.getMessage())
                    .causedBy(e);
        } catch (KernelException e) {
            throw failed(layer, e);
        } catch (IOException e) {
            // Of the archive or of its compression, each library in words of its own.
            throw ErrorCode.BAD_ARCHIVE
                    .with("layer " + layer.diffId() + ": " + e.getMessage())
                    .causedBy(e);
        }
    }

    private void unpack(Layer layer, InputStream blob, Path directory) throws IOException {
        var packed = new DigestInputStream(blob, Digester.sha256());
        // A blob that is not compressed is its own tar: hashing it once is enough, and half of the work.
        boolean same = layer.digest().equals(layer.diffId());
        try (var plain = Compression.unpack(packed);
                var root = open(directory);
                var beside = open(directory.resolveSibling("."));
                var unpacker = new LayerUnpacker(kernel, root, beside)) {
            var tar = new DigestInputStream(plain, Digester.sha256());
            unpacker.unpack(new LayerReader(same ? plain : tar, LayerLimits.DEFAULT));
            if (!same) {
                tar.verify(layer.diffId());
            }
            packed.verify(layer.digest());
            Trees.delete(directory.resolveSibling(LayerDirectories.REPLACED));
        }
    }

    private Fd open(Path directory) {
        return Fd.own(kernel, kernel.open(directory.toString(), FileCalls.O_DIRECTORY, 0));
    }

    private static GantryException failed(Layer layer, KernelException e) {
        var code = e.is(Errno.ENOSPC) ? ErrorCode.NO_SPACE : ErrorCode.INTERNAL;
        return code.with("layer " + layer.diffId() + ": " + e.getMessage()).causedBy(e);
    }
}
