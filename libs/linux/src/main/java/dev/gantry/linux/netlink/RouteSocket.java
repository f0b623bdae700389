package dev.gantry.linux.netlink;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** Links, addresses and routes of one network namespace. Safe for use by many threads. */
public final class RouteSocket implements AutoCloseable {
    private static final int IFADDRMSG = 8;

    /** An address that a link has. */
    public record LinkAddress(int link, IpPrefix prefix) {}

    private final NetlinkSocket socket;

    private RouteSocket(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** Of the calling thread's namespace, for ever. */
    public static RouteSocket open(Kernel kernel) {
        return new RouteSocket(NetlinkSocket.open(kernel, NetlinkSocket.ROUTE));
    }

    /** Of a given namespace. */
    public static RouteSocket openIn(Kernel kernel, Fd namespace) {
        return new RouteSocket(NetlinkSocket.openIn(kernel, namespace, NetlinkSocket.ROUTE));
    }

    /**
     * Makes the requests of {@link RouteRequest}, one after the other; those behind one that failed are made too.
     *
     * @throws NetlinkException the first refusal
     */
    public void apply(NetlinkMessage... requests) {
        socket.send(List.of(requests));
    }

    /** As {@link #apply(NetlinkMessage...)}. */
    public void apply(List<NetlinkMessage> requests) {
        socket.send(requests);
    }

    /** Deletes a link, with its peer; one that is not there is success. */
    public void delete(String name) {
        try {
            socket.send(List.of(RouteRequest.deleteLink(name)));
        } catch (NetlinkException e) {
            if (!e.is(Errno.ENODEV)) {
                throw e;
            }
        }
    }

    public List<Link> links() {
        return socket.list(RouteRequest.links()).stream()
                .filter(answer -> answer.type() == RouteRequest.RTM_NEWLINK)
                .map(Link::parse)
                .toList();
    }

    public Optional<Link> link(String name) {
        try {
            return Optional.of(Link.parse(socket.get(RouteRequest.link(name))));
        } catch (NetlinkException e) {
            if (e.is(Errno.ENODEV)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public List<LinkAddress> addresses() {
        return socket.list(RouteRequest.addresses()).stream()
                .filter(answer -> answer.type() == RouteRequest.RTM_NEWADDR)
                .map(RouteSocket::address)
                .toList();
    }

    private static LinkAddress address(Answer answer) {
        Attributes attributes = answer.attributes(IFADDRMSG);
        ByteBuffer info = ByteBuffer.wrap(answer.body()).order(ByteOrder.nativeOrder());
        byte[] bytes = attributes
                .bytes(RouteRequest.IFA_LOCAL)
                .or(() -> attributes.bytes(RouteRequest.IFA_ADDRESS))
                .orElseThrow(() -> new MalformedAnswerException("address without an address"));
        try {
            return new LinkAddress(
                    info.getInt(4), new IpPrefix(InetAddress.getByAddress(bytes), Byte.toUnsignedInt(info.get(1))));
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw new MalformedAnswerException("address of " + bytes.length + " bytes");
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
