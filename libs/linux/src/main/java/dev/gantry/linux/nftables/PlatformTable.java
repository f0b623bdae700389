package dev.gantry.linux.nftables;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.netlink.Answer;
import dev.gantry.linux.netlink.Attributes;
import dev.gantry.linux.netlink.Attributes.Attribute;
import dev.gantry.linux.netlink.NetlinkException;
import dev.gantry.linux.netlink.NetlinkMessage;
import dev.gantry.linux.netlink.NetlinkSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * One table of the family inet that belongs to the platform's instance alone. Each call is one transaction of nf_tables: done or not at
 * all, and packets see the one or the other state. Safe for use by many threads.
 */
public final class PlatformTable implements AutoCloseable {
    private static final List<NftSet> MAPS = List.of(NftSet.ANY4, NftSet.ANY6, NftSet.AT4, NftSet.AT6);

    private final NetlinkSocket socket;
    private final String table;

    private PlatformTable(NetlinkSocket socket, String table) {
        this.socket = socket;
        this.table = table;
    }

    /** Of the calling thread's network namespace; nothing is made yet. */
    public static PlatformTable open(Kernel kernel, String table) {
        return new PlatformTable(NetlinkSocket.open(kernel, NetlinkSocket.NETFILTER), table);
    }

    /** Of a given namespace. */
    public static PlatformTable openIn(Kernel kernel, Fd namespace, String table) {
        return new PlatformTable(NetlinkSocket.openIn(kernel, namespace, NetlinkSocket.NETFILTER), table);
    }

    /** The table with just these in it, instead of whatever it was. Connections go on. */
    public void install(Collection<BridgedNetwork> networks, List<Publication> publications) {
        List<NetlinkMessage> messages = new ArrayList<>();
        messages.add(NftMessage.newTable(table)); // so that there is one to delete
        messages.add(NftMessage.deleteTable(table));
        messages.addAll(Ruleset.of(table));
        networks.forEach(network -> messages.addAll(additions(Elements.of(network))));
        messages.addAll(additions(Elements.of(publications)));
        change(messages);
    }

    /** @throws NetlinkException ENOENT without a table, EEXIST when a part of it is there already with another meaning */
    public void add(BridgedNetwork network) {
        change(additions(Elements.of(network)));
    }

    /** @throws NetlinkException as {@link #add}; a port that leads elsewhere is EEXIST */
    public void publish(List<Publication> publications) {
        change(additions(Elements.of(publications)));
    }

    /** @throws NetlinkException ENOENT when one of them is not there; then the others stay */
    public void withdraw(List<Publication> publications) {
        List<NetlinkMessage> messages = new ArrayList<>();
        Elements.of(publications)
                .forEach((set, elements) -> messages.addAll(NftMessage.deleteElements(table, set, elements)));
        change(messages);
    }

    /**
     * What the kernel has.
     *
     * @throws NetlinkException ENOENT without a table
     */
    public List<Publication> publications() {
        List<Publication> all = new ArrayList<>();
        for (NftSet map : MAPS) {
            for (Answer answer : socket.list(NftMessage.listElements(table, map))) {
                Attributes attributes = answer.attributes(NftMessage.HEADER);
                for (Attribute element : attributes.nested(NftMessage.ELEMENTS).all()) {
                    all.add(Elements.publication(map, value(element, NftMessage.KEY), value(element, NftMessage.DATA)));
                }
            }
        }
        return all;
    }

    private static byte[] value(Attribute element, int type) {
        return element.nested().nested(type).bytes(NftMessage.DATA_VALUE).orElse(new byte[0]);
    }

    public boolean exists() {
        try {
            socket.get(NftMessage.getTable(table));
            return true;
        } catch (NetlinkException e) {
            if (e.is(Errno.ENOENT)) {
                return false;
            }
            throw e;
        }
    }

    /** Deletes it; one that is not there is success. */
    public void remove() {
        change(List.of(NftMessage.newTable(table), NftMessage.deleteTable(table)));
    }

    private List<NetlinkMessage> additions(Map<NftSet, List<Element>> elements) {
        List<NetlinkMessage> messages = new ArrayList<>();
        elements.forEach((set, some) -> messages.addAll(NftMessage.addElements(table, set, some)));
        return messages;
    }

    private void change(List<NetlinkMessage> messages) {
        if (!messages.isEmpty()) {
            socket.send(NftMessage.transaction(messages));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
