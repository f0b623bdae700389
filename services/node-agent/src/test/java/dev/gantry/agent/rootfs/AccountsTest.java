package dev.gantry.agent.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/sh
            # comment
            broken
            www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
            anna:x:1000:1001::/home/anna:
            second:x:1000:7::/home/second:
            """;
    private static final String GROUP = """
            root:x:0:
            tty:x:5:
            wheel:x:10:root,anna
            www-data:x:33:
            anna:x:1001:
            docker:x:999:anna
            """;
    private final Accounts accounts = new Accounts(PASSWD, GROUP);

    private ContainerUser find(String spec) {
        return accounts.find(spec, List.of());
    }

    @Test
    void nobodyAskedForIsRootWithItsGroups() {
        assertThat(find("")).isEqualTo(new ContainerUser(0, 0, List.of(0, 10), "/root"));
    }

    @Test
    void aNameBringsItsGroupsAndHome() {
        assertThat(find("anna")).isEqualTo(new ContainerUser(1000, 1001, List.of(1001, 10, 999), "/home/anna"));
        assertThat(find("www-data")).isEqualTo(new ContainerUser(33, 33, List.of(33), "/var/www"));
    }

    @Test
    void aNumberIsTheFirstUserWithIt() {
        assertThat(find("1000")).isEqualTo(find("anna"));
    }

    @Test
    void aNumberNeedsNoEntry() {
        assertThat(find("4711")).isEqualTo(new ContainerUser(4711, 0, List.of(0), "/"));
        assertThat(find("1234:4321")).isEqualTo(new ContainerUser(1234, 4321, List.of(4321), "/"));
    }

    @Test
    void anExplicitGroupLeavesTheOthersOut() {
        assertThat(find("anna:tty")).isEqualTo(new ContainerUser(1000, 5, List.of(5), "/home/anna"));
        assertThat(find(":5")).isEqualTo(new ContainerUser(0, 5, List.of(5), "/root"));
    }

    @Test
    void furtherGroupsAreAdded() {
        assertThat(accounts.find("1000:1000", List.of("tty", "8")).groups()).containsExactly(1000, 5, 8);
    }

    @Test
    void anUnknownNameIsRefusedInDockersWords() {
        assertThatThrownBy(() -> find("nosuch"))
                .hasMessage("unable to find user nosuch: no matching entries in passwd file")
                .extracting(e -> ((GantryException) e).code())
                .isEqualTo(ErrorCode.USER_NOT_FOUND);
        assertThatThrownBy(() -> find("root:nosuch"))
                .hasMessage("unable to find group nosuch: no matching entries in group file");
    }

    @Test
    void aNumberOutOfRangeIsRefused() {
        for (var spec : List.of("2147483648", "-1", "99999999999999999999", "0:2147483648")) {
            assertThatThrownBy(() -> find(spec)).hasMessage("uids and gids must be in range 0-2147483647");
        }
    }

    @Test
    void missingFilesLeaveRootAndNumbers() {
        var none = new Accounts("", "");
        assertThat(none.find("", List.of())).isEqualTo(new ContainerUser(0, 0, List.of(0), "/"));
        assertThatThrownBy(() -> none.find("root", List.of())).hasMessageContaining("unable to find user root");
    }
}
