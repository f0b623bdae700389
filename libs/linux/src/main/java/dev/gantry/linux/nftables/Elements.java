package dev.gantry.linux.nftables;

import dev.gantry.linux.netlink.IpPrefix;
import dev.gantry.linux.netlink.MalformedAnswerException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bridges and publications as elements of the table's sets, and back. Each part of a key is padded to four bytes. */
final class Elements {
    private static final int IFNAMSIZ = 16;

    private Elements() {}

    static Map<NftSet, List<Element>> of(BridgedNetwork network) {
        Map<NftSet, List<Element>> elements = new EnumMap<>(NftSet.class);
        byte[] name = name(network.bridge());
        elements.put(NftSet.BRIDGES, List.of(Element.of(name)));
        if (!network.isolated()) {
            byte[] twice = ByteBuffer.allocate(2 * IFNAMSIZ).put(name).put(name).array();
            elements.put(NftSet.TOGETHER, List.of(Element.of(twice)));
        }
        if (network.internal()) {
            elements.put(NftSet.INTERNAL, List.of(Element.of(name)));
        }
        for (IpPrefix subnet : network.subnets()) {
            List<Element> interval = List.of(Element.of(subnet.first()), Element.end(subnet.end()));
            elements.put(subnet.isV4() ? NftSet.SUBNETS4 : NftSet.SUBNETS6, interval);
            if (network.masquerade()) {
                elements.put(subnet.isV4() ? NftSet.HIDDEN4 : NftSet.HIDDEN6, interval);
            }
        }
        return elements;
    }

    static Map<NftSet, List<Element>> of(List<Publication> publications) {
        Map<NftSet, List<Element>> elements = new EnumMap<>(NftSet.class);
        for (Publication publication : publications) {
            elements.computeIfAbsent(set(publication), _ -> new ArrayList<>()).add(of(publication));
        }
        return elements;
    }

    private static NftSet set(Publication publication) {
        if (publication.host().isPresent()) {
            return publication.isV4() ? NftSet.AT4 : NftSet.AT6;
        }
        return publication.isV4() ? NftSet.ANY4 : NftSet.ANY6;
    }

    private static Element of(Publication publication) {
        byte[] host = publication.host().map(InetAddress::getAddress).orElse(new byte[0]);
        byte[] target = publication.target().getAddress();
        return Element.of(
                ByteBuffer.allocate(8 + host.length)
                        .put(0, (byte) publication.protocol().number())
                        .put(4, host)
                        .putShort(4 + host.length, (short) publication.hostPort())
                        .array(),
                ByteBuffer.allocate(4 + target.length)
                        .put(target)
                        .putShort((short) publication.targetPort())
                        .array());
    }

    /** What an element of one of the four maps says. */
    static Publication publication(NftSet map, byte[] key, byte[] value) {
        if (key.length != map.keyLength() || value.length != map.valueLength()) {
            throw new MalformedAnswerException(
                    "element of " + key.length + " and " + value.length + " bytes in " + map.setName());
        }
        ByteBuffer from = ByteBuffer.wrap(key);
        ByteBuffer to = ByteBuffer.wrap(value);
        Optional<InetAddress> host = key.length > 8 ? Optional.of(address(from, 4, key.length - 8)) : Optional.empty();
        return new Publication(
                Protocol.of(Byte.toUnsignedInt(from.get(0))),
                host,
                Short.toUnsignedInt(from.getShort(key.length - 4)),
                address(to, 0, value.length - 4),
                Short.toUnsignedInt(to.getShort(value.length - 4)));
    }

    private static InetAddress address(ByteBuffer from, int at, int length) {
        byte[] bytes = new byte[length];
        from.get(at, bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new MalformedAnswerException("address of " + length + " bytes");
        }
    }

    private static byte[] name(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= IFNAMSIZ) {
            throw new IllegalArgumentException("not a link's name: " + name);
        }
        return ByteBuffer.allocate(IFNAMSIZ).put(bytes).array();
    }
}
