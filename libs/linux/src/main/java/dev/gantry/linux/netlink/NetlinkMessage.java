package dev.gantry.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A request to the kernel, without its sequence number.
 *
 * @param type RTM_… or subsystem and NFT_MSG_…
 * @param flags NLM_F_…; NLM_F_REQUEST is always set
 * @param body the family's struct and attributes
 * @param what it asks for, with the object's name, for errors: {@code add bridge blue0}
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record NetlinkMessage(int type, int flags, byte[] body, String what) {
    public static final int REQUEST = 1;
    public static final int ACK = 4;
    public static final int DUMP = 0x300;
    public static final int REPLACE = 0x100;
    public static final int EXCL = 0x200;
    public static final int CREATE = 0x400;
    public static final int APPEND = 0x800;

    static final int HEAD = 16;

    /** The same, which the kernel is to answer also when it succeeds. */
    public NetlinkMessage acknowledged() {
        return new NetlinkMessage(type, flags | ACK, body, what);
    }

    boolean isAcknowledged() {
        return (flags & ACK) != 0;
    }

    /** As one datagram; the first has the given sequence number, the others those that follow. */
    static byte[] encode(List<NetlinkMessage> messages, int sequence) {
        int size =
                messages.stream().mapToInt(m -> aligned(HEAD + m.body.length)).sum();
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        int next = sequence;
        for (NetlinkMessage message : messages) {
            int length = HEAD + message.body.length;
            out.putInt(length)
                    .putShort((short) message.type)
                    .putShort((short) (message.flags | REQUEST))
                    .putInt(next++)
                    .putInt(0)
                    .put(message.body);
            out.position(out.position() + aligned(length) - length);
        }
        return out.array();
    }

    static int aligned(int length) {
        return (length + 3) & ~3;
    }
}
