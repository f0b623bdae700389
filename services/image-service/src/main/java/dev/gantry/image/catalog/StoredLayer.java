package dev.gantry.image.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A layer and the blob that holds it.
 *
 * @param diffId digest of the uncompressed archive
 * @param digest of the blob at the registry
 * @param blobSize bytes of the blob
 * @param contentSize bytes of the files in it: what Docker calls a layer's size
 */
public record StoredLayer(
        @JsonProperty("diffId") String diffId,
        @JsonProperty("digest") String digest,
        @JsonProperty("mediaType") String mediaType,
        @JsonProperty("blobSize") long blobSize,
        @JsonProperty("contentSize") long contentSize) {}
