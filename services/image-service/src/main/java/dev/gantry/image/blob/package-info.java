/** Where layers are kept: the port {@link dev.gantry.image.blob.BlobStore} and registry-service behind it. */
@NullMarked
package dev.gantry.image.blob;

import org.jspecify.annotations.NullMarked;
