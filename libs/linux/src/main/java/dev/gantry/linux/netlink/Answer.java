package dev.gantry.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A message from the kernel.
 *
 * @param sequence of the request that it answers
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record Answer(int type, int flags, int sequence, byte[] body) {
    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int INTERRUPTED = 0x10; // NLM_F_DUMP_INTR
    private static final int CAPPED = 0x100;
    private static final int WITH_ATTRIBUTES = 0x200;
    private static final int WORDS = 1; // NLMSGERR_ATTR_MSG

    /** All messages of a datagram. */
    static List<Answer> parse(byte[] datagram, int length) {
        ByteBuffer in = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
        List<Answer> answers = new ArrayList<>();
        int at = 0;
        while (at + NetlinkMessage.HEAD <= length) {
            int size = in.getInt(at);
            if (size < NetlinkMessage.HEAD || size > length - at) {
                throw new MalformedAnswerException(
                        "message of " + size + " bytes where " + (length - at) + " are left");
            }
            answers.add(new Answer(
                    Short.toUnsignedInt(in.getShort(at + 4)),
                    Short.toUnsignedInt(in.getShort(at + 6)),
                    in.getInt(at + 8),
                    Arrays.copyOfRange(datagram, at + NetlinkMessage.HEAD, at + size)));
            at += NetlinkMessage.aligned(size);
        }
        return answers;
    }

    boolean isError() {
        return type == ERROR;
    }

    boolean isDone() {
        return type == DONE;
    }

    /** Whether what is dumped changed meanwhile, so that something may be missing or double. */
    boolean isInterrupted() {
        return (flags & INTERRUPTED) != 0;
    }

    /** Of an error or an end: positive, or 0 for success. */
    int errno() {
        if (body.length < 4) {
            throw new MalformedAnswerException("error without a number");
        }
        return -ByteBuffer.wrap(body).order(ByteOrder.nativeOrder()).getInt();
    }

    /** The kernel's explanation of an error, often empty. */
    String words() {
        if ((flags & WITH_ATTRIBUTES) == 0 || body.length < 4 + NetlinkMessage.HEAD) {
            return "";
        }
        int request = ByteBuffer.wrap(body).order(ByteOrder.nativeOrder()).getInt(4);
        int skipped = (flags & CAPPED) != 0 ? NetlinkMessage.HEAD : NetlinkMessage.aligned(request);
        if (skipped < 0 || skipped > body.length - 4) {
            throw new MalformedAnswerException("error about a message of " + request + " bytes");
        }
        return Attributes.parse(body, 4 + skipped).text(WORDS).orElse("");
    }

    /** The attributes behind the family's struct. */
    public Attributes attributes(int structSize) {
        if (body.length < structSize) {
            throw new MalformedAnswerException("struct of " + body.length + " bytes instead of " + structSize);
        }
        return Attributes.parse(body, structSize);
    }
}
