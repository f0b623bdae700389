package dev.gantry.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * A network device as the kernel lists it.
 *
 * @param master index of the bridge it hangs on, 0: none
 * @param kind bridge, veth, …; empty for hardware
 * @param alias a text that whoever made it left there, often empty
 * @param mac {@code aa:bb:cc:dd:ee:ff}, empty without
 */
public record Link(int index, String name, int master, boolean up, String kind, String alias, String mac, int mtu) {
    private static final int STRUCT = 16; // ifinfomsg
    private static final int IFF_UP = 1;
    private static final int MAC = 6;

    static Link parse(Answer answer) {
        Attributes attributes = answer.attributes(STRUCT);
        ByteBuffer info = ByteBuffer.wrap(answer.body()).order(ByteOrder.nativeOrder());
        byte[] mac = attributes.bytes(RouteRequest.IFLA_ADDRESS).orElse(new byte[0]);
        return new Link(
                info.getInt(4),
                attributes.text(RouteRequest.IFLA_IFNAME).orElse(""),
                attributes.u32(RouteRequest.IFLA_MASTER).orElse(0),
                (info.getInt(8) & IFF_UP) != 0,
                attributes
                        .nested(RouteRequest.IFLA_LINKINFO)
                        .text(RouteRequest.IFLA_INFO_KIND)
                        .orElse(""),
                attributes.text(RouteRequest.IFLA_IFALIAS).orElse(""),
                mac.length == MAC ? HexFormat.ofDelimiter(":").formatHex(mac) : "",
                attributes.u32(RouteRequest.IFLA_MTU).orElse(0));
    }
}
