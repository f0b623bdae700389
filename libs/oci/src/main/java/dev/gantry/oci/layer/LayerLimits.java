package dev.gantry.oci.layer;

/**
 * How much one layer may ask for.
 *
 * @param entries entries in the archive
 * @param bytes of the archive, uncompressed
 * @param extendedHeader bytes of one PAX header or GNU long name
 */
public record LayerLimits(int entries, long bytes, int extendedHeader) {
    /** A million files, 256 GiB, 1 MiB of extended header (as much as Go's reader takes). */
    public static final LayerLimits DEFAULT = new LayerLimits(1_000_000, 256L << 30, 1 << 20);
}
