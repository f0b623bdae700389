package dev.gantry.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributesTest {
    @Test
    void writesWhatIproute2Writes() {
        // "ip link add x type bridge" as strace shows it: IFLA_IFNAME, then IFLA_LINKINFO with IFLA_INFO_KIND
        var written = new AttributeWriter()
                .text(3, "x")
                .plainNested(18, info -> info.text(1, "bridge"))
                .toBytes();
        assertThat(HexFormat.of().formatHex(written))
                .isEqualTo("0600030078000000" + "10001200" + "0b000100" + "6272696467650000");
    }

    @Test
    void readsBackWhatItWrote() {
        var written = new AttributeWriter()
                .struct(new byte[] {1, 2, 3, 4})
                .text(1, "name")
                .u32(2, 77)
                .u32be(3, 0x01020304)
                .u8(4, 9)
                .nested(5, inner -> inner.text(1, "deep").bytes(2, new byte[] {1, 2, 3}))
                .toBytes();
        var read = Attributes.parse(written, 4);
        assertThat(read.text(1)).contains("name");
        assertThat(read.u32(2)).contains(77);
        assertThat(read.u32be(3)).contains(0x01020304);
        assertThat(read.bytes(4)).hasValueSatisfying(v -> assertThat(v).containsExactly(9));
        assertThat(read.nested(5).text(1)).contains("deep");
        assertThat(read.nested(5).bytes(2))
                .hasValueSatisfying(v -> assertThat(v).containsExactly(1, 2, 3));
        assertThat(read.nested(6).all()).isEmpty();
    }

    @Test
    void refusesAnAttributeThatIsLongerThanItsMessage() {
        assertThatThrownBy(() -> Attributes.parse(new byte[] {9, 0, 1, 0, 0, 0, 0, 0}, 0))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessage("netlink: attribute of 9 bytes where 8 are left");
        assertThatThrownBy(() -> Attributes.parse(new byte[] {3, 0, 1, 0}, 0))
                .isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void refusesNumbersOfAnotherSize() {
        var read = Attributes.parse(new AttributeWriter().u8(1, 1).toBytes(), 0);
        assertThatThrownBy(() -> read.u32(1)).isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void comesToAnEndWithWhateverBytes() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 16 && random.nextBoolean()) {
                // lengths that could be right
                for (var at = 0; at + 4 < bytes.length; at += 4 + random.nextInt(20)) {
                    bytes[at + 1] = 0;
                }
            }
            try {
                Answer.parse(bytes, bytes.length).forEach(answer -> {
                    assertThat(answer.body().length).as("seed %d", seed).isLessThanOrEqualTo(bytes.length);
                    var _ = answer.words();
                    answer.attributes(0).all().forEach(Attributes.Attribute::nested);
                });
                Attributes.parse(bytes, 0).all().forEach(Attributes.Attribute::nested);
            } catch (MalformedAnswerException expected) {
                assertThat(expected.getMessage()).startsWith("netlink: ");
            }
        }
    }

    @Test
    void understandsTheKernelsWordsForAnError() {
        // the answer of Linux 6.18 to "add route by 10.0.0.1" without an address: ENETUNREACH, capped, with words
        var words = new AttributeWriter().text(1, "Nexthop has invalid gateway").toBytes();
        var body = new byte[20 + words.length];
        body[0] = (byte) -101;
        Arrays.fill(body, 1, 4, (byte) 0xff);
        System.arraycopy(words, 0, body, 20, words.length);
        var answer = new Answer(2, 0x300, 1, body);
        assertThat(answer.errno()).isEqualTo(101);
        assertThat(answer.words()).isEqualTo("Nexthop has invalid gateway");
    }

    @Test
    void padsMessagesThatAreSentTogether() {
        var one = new NetlinkMessage(16, 0, new byte[] {1, 2, 3}, "one");
        var bytes = NetlinkMessage.encode(java.util.List.of(one, one.acknowledged()), 7);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("13000000" + "1000" + "0100" + "07000000" + "00000000" + "01020300" + "13000000" + "1000"
                        + "0500" + "08000000" + "00000000" + "01020300");
    }
}
