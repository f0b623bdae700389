package dev.gantry.network.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.docker.container.PortBinding;
import dev.gantry.contracts.docker.port.HostAddress;
import dev.gantry.contracts.docker.port.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PortBookTest {
    private static final long SEED = 11;
    private static final PortRange CHOICE = new PortRange(40_000, 40_019);

    private static List<PortWish> wish(String key, String address, String port) {
        return PortWish.of(Map.of(key, List.of(new PortBinding(address, port))));
    }

    private static List<PublishedPort> give(List<PublishedPort> taken, List<PortWish> wishes) throws PortBook.Taken {
        return new PortBook(taken, CHOICE, Map.of()).give(wishes);
    }

    @Test
    void aPortOfNoAddressIsOpenToBothFamilies() throws PortBook.Taken {
        assertThat(give(List.of(), wish("80/tcp", "", "8080")))
                .containsExactly(
                        new PublishedPort("tcp", "0.0.0.0", 8080, 80), new PublishedPort("tcp", "::", 8080, 80));
    }

    @Test
    void onlyWhatCouldBeMeantForBothCollides() throws PortBook.Taken {
        var taken = give(List.of(), wish("80/tcp", "127.0.0.1", "8080"));
        assertThat(give(taken, wish("80/udp", "", "8080"))).hasSize(2);
        assertThat(give(taken, wish("80/tcp", "127.0.0.2", "8080"))).hasSize(1);
        assertThat(give(taken, wish("80/tcp", "::", "8080"))).hasSize(1);
        assertThat(give(taken, wish("80/tcp", "", "8081"))).hasSize(2);
        assertThatThrownBy(() -> give(taken, wish("81", "0.0.0.0", "8080"))).isInstanceOf(PortBook.Taken.class);
        assertThatThrownBy(() -> give(taken, wish("81", "", "8080")))
                .isInstanceOfSatisfying(PortBook.Taken.class, refused -> {
                    assertThat(refused.address()).isEqualTo("0.0.0.0");
                    assertThat(refused.range()).hasToString("8080");
                });
    }

    @Test
    void aRangeGivesItsFirstFreePort() throws PortBook.Taken {
        var taken = give(List.of(), wish("80/tcp", "", "8000-8002"));
        assertThat(taken).extracting(PublishedPort::hostPort).containsOnly(8000);
        assertThat(give(taken, wish("80/tcp", "", "8000-8002")))
                .extracting(PublishedPort::hostPort)
                .containsOnly(8001);
        assertThatThrownBy(() -> give(taken, wish("80/tcp", "", "8000-8000"))).isInstanceOf(PortBook.Taken.class);
    }

    @Test
    void twoBindingsOfOneRequestGetTwoPorts() throws PortBook.Taken {
        var bindings = List.of(new PortBinding("", ""), new PortBinding("", "0"), new PortBinding("", "40000-40002"));
        assertThat(give(List.of(), PortWish.of(Map.of("80/tcp", bindings))))
                .extracting(PublishedPort::hostPort)
                .containsExactly(40_000, 40_000, 40_001, 40_001, 40_002, 40_002);
    }

    /** Whoever comes and goes: nothing collides, a chosen port is one of the range, and it fails only when there is none. */
    @Test
    void neverGivesAPortTwice() {
        var random = new Random(SEED);
        var held = new ArrayList<List<PublishedPort>>();
        var next = Map.<PortRange, Integer>of();
        for (var step = 0; step < 2000; step++) {
            if (random.nextInt(3) == 0 && !held.isEmpty()) {
                held.remove(random.nextInt(held.size()));
                continue;
            }
            var taken = held.stream().flatMap(List::stream).toList();
            var book = new PortBook(taken, CHOICE, next);
            var address = List.of("", "0.0.0.0", "127.0.0.1", "::1").get(random.nextInt(4));
            try {
                var given = book.give(wish(random.nextBoolean() ? "80/tcp" : "53/udp", address, ""));
                assertThat(given).as("seed %d", SEED).allMatch(port -> CHOICE.contains(port.hostPort()));
                assertThat(given).noneMatch(port -> taken.stream().anyMatch(port::collides));
                held.add(given);
                next = book.next();
            } catch (PortBook.Taken full) {
                assertThat(taken.stream()
                                .map(PublishedPort::hostPort)
                                .distinct()
                                .count())
                        .as("seed %d", SEED)
                        .isEqualTo(20);
            }
        }
    }

    @Test
    void aPortJustGivenBackIsNotTheNext() throws PortBook.Taken {
        var book = new PortBook(List.of(), CHOICE, Map.of(CHOICE, CHOICE.last()));
        assertThat(book.give(wish("80", HostAddress.ANY4, "")).getFirst().hostPort())
                .isEqualTo(40_019);
        assertThat(book.give(wish("80", HostAddress.ANY4, "")).getFirst().hostPort())
                .isEqualTo(40_000);
        book.give(wish("80", "", "8000-8001"));
        book.give(wish("80", "", "9000"));
        assertThat(book.next()).isEqualTo(Map.of(CHOICE, 40_001, new PortRange(8000, 8001), 8001));
        var after = new PortBook(List.of(), CHOICE, book.next());
        assertThat(after.give(wish("80", "", "8000-8001")).getFirst().hostPort())
                .isEqualTo(8001);
        assertThat(after.give(wish("81", "", "8000-8001")).getFirst().hostPort())
                .isEqualTo(8000);
    }
}
