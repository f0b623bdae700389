package dev.gantry.image.importing;

/** OCI's words for architectures (Go's GOARCH). */
public final class Architectures {
    private Architectures() {}

    public static String host() {
        return oci(System.getProperty("os.arch", "amd64"));
    }

    static String oci(String name) {
        return switch (name) {
            case "x86_64", "x86-64" -> "amd64";
            case "aarch64" -> "arm64";
            case "i386" -> "386";
            default -> name;
        };
    }
}
