package dev.gantry.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {
    @ParameterizedTest
    @CsvSource({
        "172.17.0.2/16, 172.17.0.0, 172.18.0.0",
        "10.1.2.3/32, 10.1.2.3, 10.1.2.4",
        "10.1.2.255/25, 10.1.2.128, 10.1.3.0",
        "255.255.255.1/24, 255.255.255.0, 0.0.0.0",
        "1.2.3.4/0, 0.0.0.0, 0.0.0.0",
        "fd00::5/64, fd00::, fd00:0:0:1::",
        "fd00::5/127, fd00::4, fd00::6"
    })
    void knowsWhereItsNetworkBeginsAndEnds(String text, String first, String end) {
        var prefix = IpPrefix.parse(text);
        assertThat(prefix.first()).isEqualTo(InetAddress.ofLiteral(first).getAddress());
        assertThat(prefix.end()).isEqualTo(InetAddress.ofLiteral(end).getAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.1",
                "10.0.0.1/33",
                "10.0.0.1/",
                "fd00::/129",
                "localhost/8",
                "10.0.0.1/8 ",
                "::1%lo/128",
                "1.2.3/8/9"
            })
    void refusesWhatIsNoneBeforeAnythingIsLookedUp(String text) {
        assertThatThrownBy(() -> IpPrefix.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsWhatLiesInside() {
        assertThat(IpPrefix.parse("10.1.0.0/16").contains(InetAddress.ofLiteral("10.1.255.255")))
                .isTrue();
        assertThat(IpPrefix.parse("10.1.0.0/16").contains(InetAddress.ofLiteral("10.2.0.0")))
                .isFalse();
        assertThat(IpPrefix.parse("10.1.0.0/16").contains(InetAddress.ofLiteral("fd00::")))
                .isFalse();
    }
}
