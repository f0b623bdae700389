package dev.gantry.oci.layer;

/**
 * One entry of a layer, validated: its path and, for hard links, its target lie inside the root and pass through no symbolic link and no other
 * non-directory of this layer. Entries come in the archive's order; a directory may be missing before its content (make
 * it with mode 0755, owner 0:0), a path may come twice (the later one replaces the earlier; a directory is kept and gets the later attributes).
 */
public sealed interface LayerEntry {
    /** Where; the root only for a {@link Directory}. */
    LayerPath path();

    /** @param size bytes, all of them in {@link LayerReader#content()} */
    record File(LayerPath path, Attributes attributes, long size) implements LayerEntry {}

    record Directory(LayerPath path, Attributes attributes) implements LayerEntry {}

    /** @param target as written: never follow it while unpacking */
    record Symlink(LayerPath path, Attributes attributes, LinkTarget target) implements LayerEntry {}

    /** @param target an earlier entry of this layer that is no directory; link it without following it */
    record HardLink(LayerPath path, LayerPath target) implements LayerEntry {}

    record Device(LayerPath path, Attributes attributes, boolean block, int major, int minor) implements LayerEntry {}

    record Fifo(LayerPath path, Attributes attributes) implements LayerEntry {}

    /** The path is gone from the layers below. Only in a layer: a name beginning with {@code .wh.}. */
    record Whiteout(LayerPath path) implements LayerEntry {}

    /** Nothing of the layers below shows in this directory ({@code .wh..wh..opq} in it). */
    record Opaque(LayerPath path) implements LayerEntry {}
}
