package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.O_CLOEXEC;
import static dev.gantry.linux.FileCalls.O_DIRECTORY;
import static dev.gantry.linux.FileCalls.O_PATH;
import static dev.gantry.linux.FileCalls.RESOLVE_IN_ROOT;
import static dev.gantry.linux.FileCalls.RESOLVE_NO_MAGICLINKS;

import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Sys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Opens and makes paths below a container's root. The kernel resolves each prefix with RESOLVE_IN_ROOT, so links of the image
 * are followed inside the root and cannot leave it; no path is ever joined to one of the host.
 */
record RootPaths(ListWriter out, int root) {
    static final int SIZE_OF_HOW = 24;
    static final int S_IFREG = 0_100000;

    private static final int DIRECTORY_MODE = 0_755;
    private static final int FILE_MODE = 0_644;

    /** How a path inside a root is opened, without any right to read or write. */
    static byte[] how(int moreFlags) {
        return FileCalls.openHow(O_PATH | O_CLOEXEC | moreFlags, 0, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    }

    /** Writes the calls that open a directory or a file, made when missing, and tells the descriptor's number. */
    int make(String path, boolean directory) {
        List<String> parts = parts(path);
        int parent = root;
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            makeEntry(parent, parts.get(i), !last || directory);
            int next = open(String.join("/", parts.subList(0, i + 1)), !last || directory);
            if (parent != root) {
                out.close(parent);
            }
            parent = next;
        }
        return parent == root ? open(".", true) : parent;
    }

    private void makeEntry(int parent, String name, boolean directory) {
        // An existing entry is EEXIST, also when it is a link; on a read-only file system the open that follows decides
        if (directory) {
            out.may(Sys.MKDIRAT, parent, name, DIRECTORY_MODE);
        } else {
            out.may(Sys.MKNODAT, parent, name, S_IFREG | FILE_MODE, 0);
        }
    }

    private int open(String path, boolean directory) {
        int opened = out.opens();
        out.must("open /" + path, Sys.OPENAT2, root, path, how(directory ? O_DIRECTORY : 0), SIZE_OF_HOW);
        return opened;
    }

    /**
     * The names on the way.
     *
     * @throws IllegalArgumentException for a path that is not absolute or goes up
     */
    static List<String> parts(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path is not absolute: " + path);
        }
        List<String> parts = new ArrayList<>(Arrays.asList(path.split("/", -1)));
        parts.removeIf(part -> part.isEmpty() || part.equals("."));
        if (parts.contains("..")) {
            throw new IllegalArgumentException("path goes up: " + path);
        }
        return parts;
    }
}
