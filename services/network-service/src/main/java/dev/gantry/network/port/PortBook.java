package dev.gantry.network.port;

import dev.gantry.contracts.docker.port.PortRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The ports of one host that are taken, and the choice among the others. */
public final class PortBook {
    private final Map<Integer, List<PublishedPort>> taken = new HashMap<>();
    private final PortRange free;
    private final Map<PortRange, Integer> next;

    /**
     * @param free from which ports that nobody names are chosen
     * @param next where the choice in a range goes on; the first port where nothing is said. A port that was just given back, or that
     *     turned out to be in use, is so not the next one
     */
    public PortBook(Collection<PublishedPort> taken, PortRange free, Map<PortRange, Integer> next) {
        taken.forEach(this::note);
        this.free = free;
        this.next = new HashMap<>(next);
    }

    /** A binding that cannot be had. */
    public static final class Taken extends Exception {
        private static final long serialVersionUID = 1;
        private final String address;
        private final transient PortRange range;

        Taken(PortWish wish) {
            super("port is already allocated");
            this.address = wish.addresses().getFirst();
            this.range = wish.range();
        }

        public String address() {
            return address;
        }

        public PortRange range() {
            return range;
        }
    }

    /** One port per wish and address, the same for all addresses of a wish; all or none. */
    public List<PublishedPort> give(List<PortWish> wishes) throws Taken {
        var given = new ArrayList<PublishedPort>();
        for (var wish : wishes) {
            var ports = candidates(wish)
                    .mapToObj(port -> at(wish, port))
                    .filter(this::isFree)
                    .findFirst()
                    .orElseThrow(() -> new Taken(wish));
            ports.forEach(this::note);
            given.addAll(ports);
            goOn(range(wish), ports.getFirst().hostPort());
        }
        return List.copyOf(given);
    }

    /** Where the next choice begins, in each range of more than one port. */
    public Map<PortRange, Integer> next() {
        return Map.copyOf(next);
    }

    private void goOn(PortRange range, int given) {
        if (range.first() < range.last()) {
            next.put(range, given == range.last() ? range.first() : given + 1);
        }
    }

    private PortRange range(PortWish wish) {
        return wish.range().any() ? free : wish.range();
    }

    private IntStream candidates(PortWish wish) {
        var range = range(wish);
        var from = Math.clamp(next.getOrDefault(range, range.first()), range.first(), range.last());
        return IntStream.concat(IntStream.rangeClosed(from, range.last()), IntStream.range(range.first(), from));
    }

    private static List<PublishedPort> at(PortWish wish, int port) {
        return wish.addresses().stream()
                .map(address -> new PublishedPort(
                        wish.key().protocol(), address, port, wish.key().port()))
                .toList();
    }

    private boolean isFree(List<PublishedPort> ports) {
        Predicate<PublishedPort> collides =
                port -> taken.getOrDefault(port.hostPort(), List.of()).stream().anyMatch(port::collides);
        return ports.stream().noneMatch(collides);
    }

    private void note(PublishedPort port) {
        taken.computeIfAbsent(port.hostPort(), key -> new ArrayList<>()).add(port);
    }
}
