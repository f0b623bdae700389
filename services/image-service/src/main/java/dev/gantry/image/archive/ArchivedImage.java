package dev.gantry.image.archive;

import com.google.protobuf.ByteString;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.image.ImageConfiguration;
import dev.gantry.oci.image.RootFilesystem;
import dev.gantry.oci.layer.BadLayerException;
import dev.gantry.oci.reference.ImageReference;
import dev.gantry.oci.reference.InvalidReferenceException;
import java.io.IOException;
import java.util.List;

/**
 * One image as an archive describes it; nothing is said of its layers yet but where they should be.
 *
 * @param config the document, byte for byte
 * @param layers names of files in the archive, the lowest first; as many as the configuration has diff ids
 * @param names as the archive has them, each with a tag
 */
record ArchivedImage(
        ByteString config, ImageConfiguration configuration, List<String> layers, List<ImageReference> names) {
    /** More overlayfs does not mount in one go; Docker has the same bound and words. */
    private static final int MOST_LAYERS = 125;

    /** @throws BadLayerException when the parts do not make an image */
    static ArchivedImage of(SpooledFile config, List<String> layers, List<String> names) throws IOException {
        ImageConfiguration configuration = config.read(ImageConfiguration.class);
        int expected = configuration.rootfs().diffIds().size();
        if (expected != layers.size()) {
            throw new BadLayerException(
                    "invalid manifest, layers length mismatch: expected " + expected + ", got " + layers.size());
        }
        if (expected > MOST_LAYERS) {
            throw new BadLayerException("max depth exceeded");
        }
        if (!RootFilesystem.LAYERS.equals(configuration.rootfs().type())) {
            throw new BadLayerException(
                    config.name() + ": rootfs of type " + configuration.rootfs().type());
        }
        if (!configuration.os().equals("linux")) {
            throw new BadLayerException("operating system is not supported: " + configuration.os());
        }
        return new ArchivedImage(ByteString.copyFrom(config.bytes()), configuration, layers, names(names));
    }

    private static List<ImageReference> names(List<String> texts) throws BadLayerException {
        List<ImageReference> names = new java.util.ArrayList<>();
        for (String text : texts) {
            ImageReference name = parse(text);
            if (name.tag().isEmpty() || name.digest().isPresent()) {
                throw new BadLayerException("invalid tag \"" + text + "\"");
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    private static ImageReference parse(String text) throws BadLayerException {
        try {
            return ImageReference.parse(text);
        } catch (InvalidReferenceException e) {
            throw (BadLayerException) new BadLayerException(String.valueOf(e.getMessage())).initCause(e);
        }
    }

    Digest id() {
        return Digest.of(config.toByteArray());
    }

    List<Digest> diffIds() {
        return configuration.rootfs().diffIds().stream().map(Digest::parse).toList();
    }

    /** {@code os/architecture[/variant]}. */
    String platform() {
        String variant = configuration.variant();
        return configuration.os() + "/" + configuration.architecture()
                + (variant == null || variant.isEmpty() ? "" : "/" + variant);
    }
}
