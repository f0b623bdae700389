package dev.gantry.linux.netlink;

import static dev.gantry.linux.netlink.NetlinkMessage.ACK;
import static dev.gantry.linux.netlink.NetlinkMessage.CREATE;
import static dev.gantry.linux.netlink.NetlinkMessage.EXCL;

import dev.gantry.linux.Fd;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The requests of rtnetlink(7) that this platform makes, as messages. A link is named, or known by its index. */
public final class RouteRequest {
    static final int RTM_NEWLINK = 16;
    static final int RTM_DELLINK = 17;
    static final int RTM_GETLINK = 18;
    static final int RTM_NEWADDR = 20;
    static final int RTM_GETADDR = 22;
    static final int RTM_NEWROUTE = 24;
    static final int IFLA_ADDRESS = 1;
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_MASTER = 10;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_IFALIAS = 20;
    static final int IFLA_INFO_KIND = 1;
    static final int IFA_ADDRESS = 1;
    static final int IFA_LOCAL = 2;

    private static final int IFLA_AF_SPEC = 26;
    private static final int IFLA_NET_NS_FD = 28;
    private static final int IFLA_INFO_DATA = 2;
    private static final int IFLA_INFO_SLAVE_KIND = 4;
    private static final int IFLA_INFO_SLAVE_DATA = 5;
    private static final int VETH_INFO_PEER = 1;
    private static final int BRPORT_MODE = 4;
    private static final int BRPORT_ISOLATED = 33;
    private static final int INET6_ADDR_GEN_MODE = 8;
    private static final int ADDR_GEN_NONE = 1;
    private static final int IFA_BROADCAST = 4;
    private static final int IFA_FLAGS = 8;
    private static final int IFA_F_NODAD = 2;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int TABLE_MAIN = 254;
    private static final int PROTOCOL_STATIC = 4;
    private static final int UNICAST = 1;
    private static final int IFF_UP = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final Pattern NAME = Pattern.compile("[^/\\s]{1,15}");
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");

    private RouteRequest() {}

    /**
     * A bridge with a fixed mac: the kernel's own choice would change with every port.
     *
     * @param mtu 0: the kernel's
     */
    public static NetlinkMessage addBridge(String name, String mac, int mtu) {
        AttributeWriter body = named(name).bytes(IFLA_ADDRESS, mac(mac));
        if (mtu > 0) {
            body.u32(IFLA_MTU, mtu);
        }
        body.plainNested(IFLA_LINKINFO, info -> info.text(IFLA_INFO_KIND, "bridge"));
        return new NetlinkMessage(RTM_NEWLINK, ACK | CREATE | EXCL, body.toBytes(), "add bridge " + name);
    }

    /** A pair of which the peer is born in another namespace; both are down. */
    public static NetlinkMessage addVeth(String name, String peer, Fd peerNamespace) {
        AttributeWriter body = named(name)
                .plainNested(
                        IFLA_LINKINFO,
                        info -> info.text(IFLA_INFO_KIND, "veth")
                                .plainNested(
                                        IFLA_INFO_DATA,
                                        data -> data.plainNested(
                                                VETH_INFO_PEER,
                                                other -> other.struct(link(0, 0, 0))
                                                        .text(IFLA_IFNAME, name(peer))
                                                        .u32(IFLA_NET_NS_FD, peerNamespace.number()))));
        return new NetlinkMessage(RTM_NEWLINK, ACK | CREATE | EXCL, body.toBytes(), "add veth " + name);
    }

    public static NetlinkMessage deleteLink(String name) {
        return new NetlinkMessage(RTM_DELLINK, ACK, named(name).toBytes(), "delete link " + name);
    }

    public static NetlinkMessage deleteLink(int index, String name) {
        return new NetlinkMessage(
                RTM_DELLINK,
                ACK,
                new AttributeWriter().struct(link(index, 0, 0)).toBytes(),
                "delete link " + name);
    }

    public static NetlinkMessage up(int index, String name) {
        return change(new AttributeWriter().struct(link(index, IFF_UP, IFF_UP)), "set up " + name);
    }

    /** Of one that is down. */
    public static NetlinkMessage rename(int index, String name) {
        return change(indexed(index).text(IFLA_IFNAME, name(name)), "rename link " + index + " to " + name);
    }

    public static NetlinkMessage mac(int index, String mac) {
        return change(indexed(index).bytes(IFLA_ADDRESS, mac(mac)), "set mac " + mac + " of link " + index);
    }

    public static NetlinkMessage mtu(int index, int mtu) {
        return change(indexed(index).u32(IFLA_MTU, mtu), "set mtu " + mtu + " of link " + index);
    }

    /** A text of at most 255 bytes that stays with the link. */
    public static NetlinkMessage alias(int index, String alias) {
        return change(
                indexed(index).bytes(IFLA_IFALIAS, alias.getBytes(StandardCharsets.UTF_8)),
                "set alias of link " + index);
    }

    /** Hangs a link on a bridge. */
    public static NetlinkMessage master(int index, int bridge) {
        return change(indexed(index).u32(IFLA_MASTER, bridge), "hang link " + index + " on bridge " + bridge);
    }

    /**
     * Of a link that hangs on a bridge.
     *
     * @param hairpin whether a frame may leave where it came from
     * @param isolated whether it is kept from other isolated ports
     */
    public static NetlinkMessage bridgePort(int index, boolean hairpin, boolean isolated) {
        AttributeWriter body = indexed(index)
                .plainNested(
                        IFLA_LINKINFO,
                        info -> info.text(IFLA_INFO_SLAVE_KIND, "bridge")
                                .plainNested(
                                        IFLA_INFO_SLAVE_DATA,
                                        port -> port.u8(BRPORT_MODE, hairpin ? 1 : 0)
                                                .u8(BRPORT_ISOLATED, isolated ? 1 : 0)));
        return change(body, "set up bridge port " + index);
    }

    /** No link-local IPv6 address when the link comes up. */
    public static NetlinkMessage withoutLinkLocal(int index) {
        AttributeWriter body = indexed(index)
                .plainNested(
                        IFLA_AF_SPEC,
                        families ->
                                families.plainNested(AF_INET6, inet6 -> inet6.u8(INET6_ADDR_GEN_MODE, ADDR_GEN_NONE)));
        return change(body, "set address mode of link " + index);
    }

    /** An address that is there already stays. IPv6 addresses are not probed for duplicates. */
    public static NetlinkMessage address(int index, IpPrefix prefix) {
        byte[] bytes = prefix.address().getAddress();
        AttributeWriter body = new AttributeWriter()
                .struct(struct(
                        8,
                        b -> b.put((byte) family(prefix.address()))
                                .put((byte) prefix.bits())
                                .put((byte) 0)
                                .put((byte) 0)
                                .putInt(index)))
                .bytes(IFA_LOCAL, bytes)
                .bytes(IFA_ADDRESS, bytes);
        if (prefix.isV4()) {
            body.bytes(IFA_BROADCAST, broadcast(prefix));
        } else {
            body.u32(IFA_FLAGS, IFA_F_NODAD);
        }
        return new NetlinkMessage(
                RTM_NEWADDR, ACK | CREATE | NetlinkMessage.REPLACE, body.toBytes(), "add address " + prefix);
    }

    /** The route to everywhere else. */
    public static NetlinkMessage defaultRoute(int index, InetAddress gateway) {
        AttributeWriter body = new AttributeWriter()
                .struct(struct(
                        12,
                        b -> b.put((byte) family(gateway))
                                .put(4, (byte) TABLE_MAIN)
                                .put(5, (byte) PROTOCOL_STATIC)
                                .put(7, (byte) UNICAST)))
                .u32(RTA_OIF, index)
                .bytes(RTA_GATEWAY, gateway.getAddress());
        return new NetlinkMessage(
                RTM_NEWROUTE,
                ACK | CREATE | NetlinkMessage.REPLACE,
                body.toBytes(),
                "add default route by " + gateway.getHostAddress());
    }

    static NetlinkMessage links() {
        return new NetlinkMessage(RTM_GETLINK, 0, indexed(0).toBytes(), "list links");
    }

    static NetlinkMessage link(String name) {
        return new NetlinkMessage(RTM_GETLINK, 0, named(name).toBytes(), "find link " + name);
    }

    static NetlinkMessage addresses() {
        return new NetlinkMessage(RTM_GETADDR, 0, struct(8, b -> {}), "list addresses");
    }

    private static NetlinkMessage change(AttributeWriter body, String what) {
        return new NetlinkMessage(RTM_NEWLINK, ACK, body.toBytes(), what);
    }

    private static AttributeWriter named(String name) {
        return indexed(0).text(IFLA_IFNAME, name(name));
    }

    private static AttributeWriter indexed(int index) {
        return new AttributeWriter().struct(link(index, 0, 0));
    }

    /** The struct ifinfomsg. */
    private static byte[] link(int index, int flags, int changed) {
        return struct(16, b -> b.putInt(0).putInt(index).putInt(flags).putInt(changed));
    }

    private static byte[] struct(int size, Consumer<ByteBuffer> content) {
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        content.accept(buffer);
        return buffer.array();
    }

    private static byte[] broadcast(IpPrefix prefix) {
        byte[] bytes = prefix.end();
        for (int i = bytes.length - 1; i >= 0 && bytes[i]-- == 0; i--) {
            // the borrow goes on
        }
        return bytes;
    }

    private static int family(InetAddress address) {
        return address instanceof Inet4Address ? AF_INET : AF_INET6;
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a link's name: " + name);
        }
        return name;
    }

    private static byte[] mac(String mac) {
        if (!MAC.matcher(mac).matches()) {
            throw new IllegalArgumentException("not a mac address: " + mac);
        }
        return HexFormat.ofDelimiter(":").parseHex(mac);
    }
}
