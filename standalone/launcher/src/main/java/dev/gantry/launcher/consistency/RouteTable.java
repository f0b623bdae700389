package dev.gantry.launcher.consistency;

import java.util.HashSet;
import java.util.Set;

/** The addresses of a network namespace, read off its {@code /proc/<pid>/net/fib_trie} without entering it. */
final class RouteTable {
    private RouteTable() {}

    /** Those of its own interfaces; the loopback's are left out. */
    static Set<String> own(String fibTrie) {
        var own = new HashSet<String>();
        var last = "";
        for (var line : fibTrie.lines().map(String::strip).toList()) {
            if (line.startsWith("|-- ") || line.startsWith("+-- ")) {
                last = line.substring(4);
            } else if (line.equals("/32 host LOCAL") && !last.startsWith("127.")) {
                own.add(last);
            }
        }
        return own;
    }
}
