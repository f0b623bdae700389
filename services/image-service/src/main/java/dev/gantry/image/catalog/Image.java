package dev.gantry.image.catalog;

import com.google.protobuf.ByteString;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.image.ImageConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One image.
 *
 * @param id digest of {@code config}
 * @param config the document as it came, byte for byte
 * @param configuration the same, read
 * @param parent the image it was built or committed from, on this engine
 * @param layers the lowest first
 * @param lastTagged when it last got a name
 * @param version grows with each change
 */
public record Image(
        Digest id,
        ByteString config,
        ImageConfiguration configuration,
        Optional<Digest> parent,
        List<StoredLayer> layers,
        Optional<Instant> lastTagged,
        long version) {
    public Image {
        layers = List.copyOf(layers);
    }

    /** When its maker says it was made; the epoch when the maker is silent. */
    public Instant created() {
        return Objects.requireNonNullElse(configuration.created(), Instant.EPOCH);
    }

    /** Bytes of its files, all layers together. */
    public long size() {
        return layers.stream().mapToLong(StoredLayer::contentSize).sum();
    }

    /** {@code os/architecture[/variant]}. */
    public String platform() {
        String variant = configuration.variant();
        return configuration.os() + "/" + configuration.architecture()
                + (variant == null || variant.isEmpty() ? "" : "/" + variant);
    }

    /**
     * The chain ids, the lowest first: each names a layer with all below it (OCI image specification, config.md, "Layer ChainID").
     */
    public List<Digest> chainIds() {
        List<Digest> chain = new ArrayList<>();
        for (StoredLayer layer : layers) {
            chain.add(
                    chain.isEmpty()
                            ? Digest.parse(layer.diffId())
                            : Digest.of((chain.getLast() + " " + layer.diffId())
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        }
        return chain;
    }

    Image taggedAt(Instant when) {
        return new Image(id, config, configuration, parent, layers, Optional.of(when), version + 1);
    }

    Image next() {
        return new Image(id, config, configuration, parent, layers, lastTagged, version + 1);
    }
}
