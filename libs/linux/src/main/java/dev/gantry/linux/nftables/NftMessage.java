package dev.gantry.linux.nftables;

import dev.gantry.linux.netlink.AttributeWriter;
import dev.gantry.linux.netlink.NetlinkMessage;
import java.util.ArrayList;
import java.util.List;

/** The messages of nf_tables for tables of the family inet (linux/netfilter/nf_tables.h). */
final class NftMessage {
    static final int HEADER = 4; // nfgenmsg
    static final int NEW_ELEMENT = subsystem(12);
    static final int ELEMENT_TABLE = 1;
    static final int ELEMENT_SET = 2;
    static final int ELEMENTS = 3;
    static final int LIST_ELEMENT = 1;
    static final int KEY = 1;
    static final int DATA = 2;
    static final int DATA_VALUE = 1;

    private static final int ELEMENT_FLAGS = 3;
    private static final int INTERVAL_END = 1;
    private static final int BATCH_BEGIN = 0x10;
    private static final int BATCH_END = 0x11;
    private static final int SUBSYSTEM = 10;
    private static final int INET = 1;
    private static final int NEW_TABLE = subsystem(0);
    private static final int DELETE_TABLE = subsystem(2);
    private static final int GET_TABLE = subsystem(1);
    private static final int NEW_CHAIN = subsystem(3);
    private static final int NEW_RULE = subsystem(6);
    private static final int NEW_SET = subsystem(9);
    private static final int GET_ELEMENT = subsystem(13);
    private static final int DELETE_ELEMENT = subsystem(14);

    /** So many elements fit an attribute's 64 KiB, whatever their keys. */
    private static final int ELEMENTS_AT_ONCE = 400;

    private NftMessage() {}

    private static int subsystem(int message) {
        return SUBSYSTEM << 8 | message;
    }

    /** As one transaction: all of them or none. */
    static List<NetlinkMessage> transaction(List<NetlinkMessage> messages) {
        List<NetlinkMessage> all = new ArrayList<>();
        all.add(new NetlinkMessage(BATCH_BEGIN, 0, new byte[] {0, 0, 0, SUBSYSTEM}, "change nf_tables"));
        all.addAll(messages.subList(0, messages.size() - 1));
        all.add(messages.getLast().acknowledged());
        all.add(new NetlinkMessage(BATCH_END, 0, new byte[] {0, 0, 0, SUBSYSTEM}, "end of a change"));
        return all;
    }

    static NetlinkMessage newTable(String table) {
        return message(NEW_TABLE, NetlinkMessage.CREATE, head().text(1, table), "add table " + table);
    }

    static NetlinkMessage deleteTable(String table) {
        return message(DELETE_TABLE, 0, head().text(1, table), "delete table " + table);
    }

    static NetlinkMessage getTable(String table) {
        return message(GET_TABLE, 0, head().text(1, table), "find table " + table);
    }

    /** A chain that packets pass at a hook; what it does not decide is accepted. */
    static NetlinkMessage hookedChain(String table, String chain, String type, int hook, int priority) {
        AttributeWriter body = head().text(1, table)
                .text(3, chain)
                .nested(4, h -> h.u32be(1, hook).u32be(2, priority))
                .u32be(5, Expression.ACCEPT)
                .text(7, type);
        return message(NEW_CHAIN, NetlinkMessage.CREATE, body, "add chain " + table + " " + chain);
    }

    static NetlinkMessage chain(String table, String chain) {
        return message(
                NEW_CHAIN,
                NetlinkMessage.CREATE,
                head().text(1, table).text(3, chain),
                "add chain " + table + " " + chain);
    }

    static NetlinkMessage rule(String table, String chain, List<Expression> expressions) {
        AttributeWriter body = head().text(1, table).text(2, chain);
        Expression.write(body, expressions);
        return message(
                NEW_RULE, NetlinkMessage.CREATE | NetlinkMessage.APPEND, body, "add rule to " + table + " " + chain);
    }

    /** @param id distinct within a transaction */
    static NetlinkMessage set(String table, NftSet set, int id) {
        AttributeWriter body = head().text(1, table)
                .text(2, set.setName())
                .u32be(3, set.flags())
                .u32be(4, set.keyType())
                .u32be(5, set.keyLength());
        if (set.isMap()) {
            body.u32be(6, set.valueType()).u32be(7, set.valueLength());
        }
        body.u32be(10, id).bytes(13, set.userData());
        return message(NEW_SET, NetlinkMessage.CREATE, body, "add set " + table + " " + set.setName());
    }

    static List<NetlinkMessage> addElements(String table, NftSet set, List<Element> elements) {
        return elements(NEW_ELEMENT, NetlinkMessage.CREATE, table, set, elements, "add elements to ");
    }

    static List<NetlinkMessage> deleteElements(String table, NftSet set, List<Element> elements) {
        return elements(DELETE_ELEMENT, 0, table, set, elements, "delete elements of ");
    }

    static NetlinkMessage listElements(String table, NftSet set) {
        return message(
                GET_ELEMENT, 0, head().text(1, table).text(2, set.setName()), "list " + table + " " + set.setName());
    }

    private static List<NetlinkMessage> elements(
            int type, int flags, String table, NftSet set, List<Element> elements, String what) {
        List<NetlinkMessage> messages = new ArrayList<>();
        for (int from = 0; from < elements.size(); from += ELEMENTS_AT_ONCE) {
            List<Element> some = elements.subList(from, Math.min(from + ELEMENTS_AT_ONCE, elements.size()));
            AttributeWriter body = head().text(ELEMENT_TABLE, table)
                    .text(ELEMENT_SET, set.setName())
                    .nested(ELEMENTS, list -> some.forEach(e -> list.nested(LIST_ELEMENT, a -> write(e, a))));
            messages.add(message(type, flags, body, what + table + " " + set.setName()));
        }
        return messages;
    }

    private static void write(Element element, AttributeWriter out) {
        if (element.end()) {
            out.u32be(ELEMENT_FLAGS, INTERVAL_END);
        }
        out.nested(KEY, key -> key.bytes(DATA_VALUE, element.key()));
        if (element.value().length > 0) {
            out.nested(DATA, value -> value.bytes(DATA_VALUE, element.value()));
        }
    }

    private static NetlinkMessage message(int type, int flags, AttributeWriter body, String what) {
        return new NetlinkMessage(type, flags, body.toBytes(), what);
    }

    private static AttributeWriter head() {
        return new AttributeWriter().struct(new byte[] {INET, 0, 0, 0});
    }
}
