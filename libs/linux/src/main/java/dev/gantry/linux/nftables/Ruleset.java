package dev.gantry.linux.nftables;

import static dev.gantry.linux.nftables.Expression.ACCEPT;
import static dev.gantry.linux.nftables.Expression.CT_STATE;
import static dev.gantry.linux.nftables.Expression.CT_STATUS;
import static dev.gantry.linux.nftables.Expression.DROP;
import static dev.gantry.linux.nftables.Expression.IIFNAME;
import static dev.gantry.linux.nftables.Expression.L4PROTO;
import static dev.gantry.linux.nftables.Expression.NETWORK_HEADER;
import static dev.gantry.linux.nftables.Expression.NFPROTO;
import static dev.gantry.linux.nftables.Expression.OIFNAME;
import static dev.gantry.linux.nftables.Expression.R0;
import static dev.gantry.linux.nftables.Expression.RETURN;
import static dev.gantry.linux.nftables.Expression.TRANSPORT_HEADER;

import dev.gantry.linux.netlink.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of the table, the same whatever runs on the host. What no rule here decides is left to the host's other tables: every chain
 * accepts at its end, and only packets to or from a bridge of the platform meet a verdict.
 */
final class Ruleset {
    private static final int PREROUTING = 0;
    private static final int FORWARD = 2;
    private static final int OUTPUT = 3;
    private static final int POSTROUTING = 4;
    private static final int RAW = -300;
    private static final int DSTNAT = -100;
    private static final int SRCNAT = 100;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int RTN_LOCAL = 2;
    private static final int IPS_DST_NAT = 0x20;
    private static final int ESTABLISHED_OR_RELATED = 6;
    private static final int SOURCE4 = 12; // in the header
    private static final int TARGET4 = 16;
    private static final int SOURCE6 = 8;
    private static final int TARGET6 = 24;
    private static final byte[] LOOPBACK4 = {127};
    private static final byte[] LOOPBACK6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final String table;
    private final List<NetlinkMessage> messages = new ArrayList<>();

    private Ruleset(String table) {
        this.table = table;
    }

    /** The table with its chains, sets and rules; there must be none of the name. */
    static List<NetlinkMessage> of(String table) {
        Ruleset ruleset = new Ruleset(table);
        ruleset.messages.add(NftMessage.newTable(table));
        for (NftSet set : NftSet.values()) {
            ruleset.messages.add(NftMessage.set(table, set, ruleset.messages.size()));
        }
        ruleset.guard();
        ruleset.published();
        ruleset.postrouting();
        ruleset.forward();
        return ruleset.messages;
    }

    /** The bridges route loopback addresses for the host's sake; a container must not reach the host's own with them. */
    private void guard() {
        hooked("guard", "filter", PREROUTING, RAW);
        rule("guard", from(NftSet.BRIDGES), ip4(TARGET4, LOOPBACK4), verdict(DROP));
        rule("guard", from(NftSet.BRIDGES), ip4(SOURCE4, LOOPBACK4), verdict(DROP));
        rule("guard", from(NftSet.BRIDGES), ip6(TARGET6, LOOPBACK6), verdict(DROP));
        rule("guard", from(NftSet.BRIDGES), ip6(SOURCE6, LOOPBACK6), verdict(DROP));
    }

    /** Packets to one of the host's addresses, from outside, from containers and from the host itself. */
    private void published() {
        messages.add(NftMessage.chain(table, "published"));
        rule(
                "published",
                family(AF_INET),
                all(load(L4PROTO), ip4(TARGET4, 4, R0 + 1), port(R0 + 2)),
                dnat4(NftSet.AT4));
        rule("published", family(AF_INET), all(load(L4PROTO), port(R0 + 1)), dnat4(NftSet.ANY4));
        // whoever asks for one cannot be answered from behind a bridge: these the agent relays
        rule("published", ip6(TARGET6, LOOPBACK6), verdict(RETURN));
        rule("published", linkLocalTarget(), verdict(RETURN));
        rule("published", family(AF_INET6), all(load(L4PROTO), target6(R0 + 1), port(R0 + 5)), dnat6(NftSet.AT6));
        rule("published", family(AF_INET6), all(load(L4PROTO), port(R0 + 1)), dnat6(NftSet.ANY6));
        for (int hook : new int[] {PREROUTING, OUTPUT}) {
            String chain = hook == OUTPUT ? "output" : "prerouting";
            hooked(chain, "nat", hook, DSTNAT);
            rule(
                    chain,
                    all(
                            Expression.targetKind(R0),
                            Expression.equal(R0, number(RTN_LOCAL)),
                            Expression.jump("published")));
        }
    }

    /**
     * A container that reaches a published port must see the answer come from where it asked: so whoever asked from a bridge, and the
     * host's loopback, appear to the target as the bridge itself. Told by the source's subnet: with bridge netfilter a packet that stays
     * on its bridge has no incoming link here.
     */
    private void postrouting() {
        hooked("postrouting", "nat", POSTROUTING, SRCNAT);
        Expression[] masquerade = all(Expression.masquerade());
        rule("postrouting", to(NftSet.BRIDGES), translated(), source4(NftSet.SUBNETS4), masquerade);
        rule("postrouting", to(NftSet.BRIDGES), translated(), source6(NftSet.SUBNETS6), masquerade);
        rule("postrouting", to(NftSet.BRIDGES), ip4(SOURCE4, LOOPBACK4), masquerade);
        rule("postrouting", notTo(NftSet.BRIDGES), source4(NftSet.HIDDEN4), masquerade);
        rule("postrouting", notTo(NftSet.BRIDGES), source6(NftSet.HIDDEN6), masquerade);
    }

    private void forward() {
        hooked("forward", "filter", FORWARD, 0);
        rule(
                "forward",
                all(
                        Expression.meta(IIFNAME, R0),
                        Expression.meta(OIFNAME, R0 + 4),
                        Expression.in(NftSet.TOGETHER.setName(), R0)),
                verdict(ACCEPT));
        rule("forward", from(NftSet.INTERNAL), verdict(DROP));
        rule("forward", to(NftSet.INTERNAL), verdict(DROP));
        rule("forward", connection(CT_STATE, ESTABLISHED_OR_RELATED), verdict(ACCEPT));
        rule("forward", to(NftSet.BRIDGES), translated(), verdict(ACCEPT));
        rule("forward", to(NftSet.BRIDGES), verdict(DROP));
    }

    private void hooked(String chain, String type, int hook, int priority) {
        messages.add(NftMessage.hookedChain(table, chain, type, hook, priority));
    }

    private void rule(String chain, Expression[]... parts) {
        messages.add(NftMessage.rule(
                table, chain, Arrays.stream(parts).flatMap(Arrays::stream).toList()));
    }

    private static Expression[] verdict(int code) {
        return all(Expression.verdict(code));
    }

    private static Expression[] from(NftSet bridges) {
        return all(Expression.meta(IIFNAME, R0), Expression.in(bridges.setName(), R0));
    }

    private static Expression[] to(NftSet bridges) {
        return all(Expression.meta(OIFNAME, R0), Expression.in(bridges.setName(), R0));
    }

    private static Expression[] notTo(NftSet bridges) {
        return all(Expression.meta(OIFNAME, R0), Expression.notIn(bridges.setName(), R0));
    }

    /** Packets of a connection that came in by a published port. */
    private static Expression[] translated() {
        return connection(CT_STATUS, IPS_DST_NAT);
    }

    private static Expression[] connection(int key, int bits) {
        return all(Expression.connection(key, R0), Expression.and(R0, number(bits)), Expression.unequal(R0, number(0)));
    }

    private static Expression[] family(int family) {
        return all(Expression.meta(NFPROTO, R0), Expression.equal(R0, new byte[] {(byte) family}));
    }

    private static Expression[] ip4(int offset, byte[] beginning) {
        return joined(family(AF_INET), all(ip4(offset, beginning.length, R0), Expression.equal(R0, beginning)));
    }

    private static Expression[] ip6(int offset, byte[] beginning) {
        return joined(
                family(AF_INET6),
                all(Expression.payload(NETWORK_HEADER, offset, beginning.length, R0), Expression.equal(R0, beginning)));
    }

    private static Expression[] linkLocalTarget() {
        return joined(
                family(AF_INET6),
                all(
                        Expression.payload(NETWORK_HEADER, TARGET6, 2, R0),
                        Expression.and(R0, new byte[] {(byte) 0xff, (byte) 0xc0}),
                        Expression.equal(R0, new byte[] {(byte) 0xfe, (byte) 0x80})));
    }

    private static Expression[] source4(NftSet subnets) {
        return joined(family(AF_INET), all(ip4(SOURCE4, 4, R0), Expression.in(subnets.setName(), R0)));
    }

    private static Expression[] source6(NftSet subnets) {
        return joined(
                family(AF_INET6),
                all(Expression.payload(NETWORK_HEADER, SOURCE6, 16, R0), Expression.in(subnets.setName(), R0)));
    }

    private static Expression[] all(Expression... expressions) {
        return expressions;
    }

    private static Expression[] joined(Expression[] some, Expression[] more) {
        return Stream.of(some, more).flatMap(Arrays::stream).toArray(Expression[]::new);
    }

    private static Expression load(int meta) {
        return Expression.meta(meta, R0);
    }

    private static Expression ip4(int offset, int length, int register) {
        return Expression.payload(NETWORK_HEADER, offset, length, register);
    }

    private static Expression target6(int register) {
        return Expression.payload(NETWORK_HEADER, TARGET6, 16, register);
    }

    private static Expression port(int register) {
        return Expression.payload(TRANSPORT_HEADER, 2, 2, register);
    }

    private static Expression[] dnat4(NftSet map) {
        return all(Expression.map(map.setName(), R0, R0), Expression.dnat(AF_INET, R0, R0 + 1));
    }

    private static Expression[] dnat6(NftSet map) {
        return all(Expression.map(map.setName(), R0, R0), Expression.dnat(AF_INET6, R0, R0 + 4));
    }

    /** As registers hold numbers that are not of a header. */
    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }
}
