package dev.gantry.launcher.consistency;

import dev.gantry.launcher.consistency.KernelFacts.Listener;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who listens, by {@code /proc/net/tcp} and its siblings (proc_pid_net(5)). */
final class SocketTable {
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int HEX = 16;
    private static final String TCP_LISTEN = "0A";
    private static final String UDP_UNCONNECTED = "07";
    private static final Pattern SOCKET = Pattern.compile("socket:\\[([0-9]+)]");

    private SocketTable() {}

    /** @param agent inodes of the agent's sockets */
    static List<Listener> listeners(String table, String protocol, Set<Long> agent) {
        var listening = protocol.equals("tcp") ? TCP_LISTEN : UDP_UNCONNECTED;
        return table.lines()
                .skip(1)
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> fields.length > INODE && fields[STATE].equals(listening))
                .map(fields ->
                        new Listener(protocol, port(fields[LOCAL]), agent.contains(Long.parseLong(fields[INODE]))))
                .toList();
    }

    private static int port(String local) {
        return Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), HEX);
    }

    /** Of what a descriptor of {@code /proc/<pid>/fd} leads to. */
    static Optional<Long> inode(String target) {
        var found = SOCKET.matcher(target);
        return found.matches() ? Optional.of(Long.parseLong(found.group(1))) : Optional.empty();
    }
}
