package dev.gantry.oci.layer;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A path relative to the layer's root: no leading slash, no empty, {@code .} or {@code ..} component, no NUL; each component has at
 * most 255 bytes, the whole at most 4095. File names on Linux are bytes, so bytes are kept, also where they are not UTF-8.
 */
public final class LayerPath {
    public static final LayerPath ROOT = new LayerPath("");
    static final int MAX_BYTES = 4095; // PATH_MAX without its NUL
    static final int MAX_COMPONENT = 255; // NAME_MAX

    /** One char per byte (ISO 8859-1). */
    private final String bytes;

    private LayerPath(String bytes) {
        this.bytes = bytes;
    }

    /**
     * Normalises a name out of an archive: {@code ./a//b/} is {@code a/b}, {@code ./} is the root.
     *
     * @param raw one char per byte
     * @param what how an error calls it: {@code entry}, {@code hard link target}
     */
    static LayerPath of(String raw, String what) throws BadLayerException {
        if (raw.isEmpty()) {
            throw BadLayerException.of("%s with an empty name", what);
        }
        if (raw.length() > MAX_BYTES) {
            throw BadLayerException.of("%s %s...: name is longer than %d bytes", what, show(raw, 64), MAX_BYTES);
        }
        if (raw.indexOf('\0') >= 0) {
            throw BadLayerException.of("%s %s: name holds a NUL byte", what, show(raw, 64));
        }
        if (raw.charAt(0) == '/') {
            throw BadLayerException.of("%s %s: absolute path", what, show(raw, MAX_BYTES));
        }
        return isNormal(raw) ? new LayerPath(raw) : new LayerPath(normalise(raw, what));
    }

    private static String normalise(String raw, String what) throws BadLayerException {
        StringBuilder kept = new StringBuilder(raw.length());
        for (String component : raw.split("/", -1)) {
            if (component.equals("..")) {
                throw BadLayerException.of("%s %s: path leaves the root by \"..\"", what, show(raw, MAX_BYTES));
            }
            if (component.length() > MAX_COMPONENT) {
                throw BadLayerException.of(
                        "%s %s...: component is longer than %d bytes", what, show(raw, 64), MAX_COMPONENT);
            }
            if (!component.isEmpty() && !component.equals(".")) {
                kept.append(kept.isEmpty() ? "" : "/").append(component);
            }
        }
        return kept.toString();
    }

    /** The common case without allocation: short components, no dot at the start of any. */
    private static boolean isNormal(String raw) {
        int start = 0;
        for (int i = 0; i <= raw.length(); i++) {
            if (i == raw.length() || raw.charAt(i) == '/') {
                if (i == start || i - start > MAX_COMPONENT || raw.charAt(start) == '.') {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    static String show(String raw, int most) {
        String cut = raw.substring(0, Math.min(most, raw.length()));
        String text = new String(cut.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return "\"" + text.replaceAll("\\p{Cntrl}", "?") + "\"";
    }

    public boolean isRoot() {
        return bytes.isEmpty();
    }

    /** The last component, one char per byte; empty for the root. */
    String name() {
        return bytes.substring(bytes.lastIndexOf('/') + 1);
    }

    /** The directory that holds it; the root is its own parent. */
    public LayerPath parent() {
        int slash = bytes.lastIndexOf('/');
        return slash < 0 ? ROOT : new LayerPath(bytes.substring(0, slash));
    }

    /**
     * A path out of our own code.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static LayerPath of(String text) {
        try {
            return of(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1), "path");
        } catch (BadLayerException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** What is called so in this directory. */
    public LayerPath child(byte[] name) {
        return child(new String(name, StandardCharsets.ISO_8859_1));
    }

    LayerPath child(String name) {
        return new LayerPath(isRoot() ? name : bytes + "/" + name);
    }

    LayerPath sibling(String name) {
        int slash = bytes.lastIndexOf('/');
        return new LayerPath(bytes.substring(0, slash + 1) + name);
    }

    /** How many components it has; 0 for the root. */
    public int depth() {
        return isRoot() ? 0 : 1 + (int) bytes.chars().filter(c -> c == '/').count();
    }

    /** The components as bytes, the top one first, without NUL. */
    public List<byte[]> components() {
        return isRoot()
                ? List.of()
                : List.of(bytes.split("/", -1)).stream()
                        .map(component -> component.getBytes(StandardCharsets.ISO_8859_1))
                        .toList();
    }

    /** The path's bytes without NUL, components parted by {@code /}; empty for the root. */
    public byte[] bytes() {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    String raw() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerPath path && path.bytes.equals(bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    /** For people: decoded as UTF-8. Not for opening files. */
    @Override
    public String toString() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
