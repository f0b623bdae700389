package dev.gantry.linux.nftables;

import dev.gantry.linux.netlink.AttributeWriter;
import java.util.List;
import java.util.function.Consumer;

/**
 * One instruction of a rule (linux/netfilter/nf_tables.h): it loads a register, or ends the rule when a register is not as it should be,
 * or acts. Registers are 4 bytes wide and numbered from {@link #R0}; wider values take those that follow.
 */
record Expression(String name, Consumer<AttributeWriter> data) {
    /** NFT_REG32_00. */
    static final int R0 = 8;

    static final int IIFNAME = 6;
    static final int OIFNAME = 7;
    static final int NFPROTO = 15;
    static final int L4PROTO = 16;
    static final int CT_STATE = 0;
    static final int CT_STATUS = 2;
    static final int NETWORK_HEADER = 1;
    static final int TRANSPORT_HEADER = 2;
    static final int DROP = 0;
    static final int ACCEPT = 1;
    static final int RETURN = -5;

    private static final int JUMP = -3;
    private static final int EXPRESSIONS = 4; // NFTA_RULE_EXPRESSIONS
    private static final int DATA_VALUE = 1;
    private static final int DATA_VERDICT = 2;
    private static final int DNAT = 1;

    static Expression meta(int key, int register) {
        return new Expression("meta", a -> a.u32be(1, register).u32be(2, key));
    }

    static Expression connection(int key, int register) {
        return new Expression("ct", a -> a.u32be(1, register).u32be(2, key));
    }

    static Expression payload(int base, int offset, int length, int register) {
        return new Expression(
                "payload",
                a -> a.u32be(1, register).u32be(2, base).u32be(3, offset).u32be(4, length));
    }

    /** What kind of address the packet goes to: RTN_LOCAL is 2. */
    static Expression targetKind(int register) {
        int addressType = 3;
        int ofTarget = 2;
        return new Expression(
                "fib", a -> a.u32be(1, register).u32be(2, addressType).u32be(3, ofTarget));
    }

    static Expression equal(int register, byte[] value) {
        return compare(0, register, value);
    }

    static Expression unequal(int register, byte[] value) {
        return compare(1, register, value);
    }

    private static Expression compare(int operation, int register, byte[] value) {
        return new Expression(
                "cmp", a -> a.u32be(1, register).u32be(2, operation).nested(3, d -> d.bytes(DATA_VALUE, value)));
    }

    static Expression and(int register, byte[] mask) {
        return new Expression(
                "bitwise",
                a -> a.u32be(1, register)
                        .u32be(2, register)
                        .u32be(3, mask.length)
                        .nested(4, d -> d.bytes(DATA_VALUE, mask))
                        .nested(5, d -> d.bytes(DATA_VALUE, new byte[mask.length])));
    }

    /** Goes on when the key that begins in the register is in the set. */
    static Expression in(String set, int register) {
        return new Expression("lookup", a -> a.text(1, set).u32be(2, register));
    }

    static Expression notIn(String set, int register) {
        int inverted = 1;
        return new Expression("lookup", a -> a.text(1, set).u32be(2, register).u32be(5, inverted));
    }

    /** As {@link #in}, and loads what the map has for the key. */
    static Expression map(String map, int key, int value) {
        return new Expression("lookup", a -> a.text(1, map).u32be(2, key).u32be(3, value));
    }

    static Expression verdict(int code) {
        return new Expression(
                "immediate", a -> a.u32be(1, 0).nested(2, d -> d.nested(DATA_VERDICT, v -> v.u32be(1, code))));
    }

    static Expression jump(String chain) {
        return new Expression(
                "immediate",
                a -> a.u32be(1, 0)
                        .nested(
                                2,
                                d -> d.nested(
                                        DATA_VERDICT, v -> v.u32be(1, JUMP).text(2, chain))));
    }

    /** @param family AF_INET or AF_INET6 */
    static Expression dnat(int family, int address, int port) {
        return new Expression(
                "nat", a -> a.u32be(1, DNAT).u32be(2, family).u32be(3, address).u32be(5, port));
    }

    static Expression masquerade() {
        return new Expression("masq", a -> {});
    }

    static void write(AttributeWriter rule, List<Expression> expressions) {
        rule.nested(EXPRESSIONS, list -> {
            for (Expression expression : expressions) {
                list.nested(1, e -> e.text(1, expression.name).nested(2, expression.data));
            }
        });
    }
}
