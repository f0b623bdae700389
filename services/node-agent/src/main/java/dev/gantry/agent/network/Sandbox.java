package dev.gantry.agent.network;

import dev.gantry.linux.Fd;
import dev.gantry.linux.netlink.RouteSocket;

/**
 * A network namespace made ahead, with one end of a pair of links in it and the other on the host, both down.
 *
 * @param inside the namespace's links
 * @param link the host's end
 * @param peerIndex of the end inside
 */
record Sandbox(Fd namespace, RouteSocket inside, String link, int linkIndex, int peerIndex) implements AutoCloseable {
    /** With nobody in it the namespace goes, and its links with it. */
    @Override
    public void close() {
        inside.close();
        namespace.close();
    }
}
