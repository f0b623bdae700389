package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.ContainerName;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Every container by id, by prefix of an id, and by name. A name belongs to one container from before its row until after it. */
final class Registry {
    private final ConcurrentSkipListMap<String, Cell> cells = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, Integer> departed = Collections.synchronizedMap(new Departed());

    /** The last of those who left. */
    private static final class Departed extends LinkedHashMap<String, Integer> {
        private static final long serialVersionUID = 1;
        private static final int MOST = 1_000;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MOST;
        }
    }

    /** Takes a name, or says who has it. */
    void reserve(String name, String id) {
        var holder = names.putIfAbsent(name, id);
        if (holder != null && !holder.equals(id)) {
            throw ErrorCode.NAME_CONFLICT.with(name, holder);
        }
    }

    boolean tryReserve(String name, String id) {
        return names.putIfAbsent(name, id) == null;
    }

    void release(String name, String id) {
        names.remove(name, id);
    }

    void add(Cell cell) {
        names.put(cell.current().name(), cell.id());
        cells.put(cell.id(), cell);
    }

    void remove(Cell cell) {
        departed.put(cell.id(), cell.current().status().exitCode());
        cells.remove(cell.id());
        release(cell.current().name(), cell.id());
    }

    /** The exit code of one of the last containers that were removed. */
    OptionalInt departed(String id) {
        var code = departed.get(id);
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    Optional<Cell> byId(String id) {
        return Optional.ofNullable(cells.get(id));
    }

    Collection<Cell> all() {
        return List.copyOf(cells.values());
    }

    /** From the newest to the oldest. */
    List<Container> newestFirst() {
        return cells.values().stream()
                .map(Cell::current)
                .sorted(Comparator.comparing(
                                (Container container) -> container.spec().created())
                        .reversed())
                .toList();
    }

    /**
     * A full id, then a name, then an unambiguous prefix of an id.
     *
     * @throws dev.gantry.contracts.error.GantryException NO_SUCH_CONTAINER, AMBIGUOUS_REFERENCE
     */
    Cell resolve(String reference) {
        return byId(reference)
                .or(() -> byName(reference))
                .or(() -> byPrefix(reference))
                .orElseThrow(() -> ErrorCode.NO_SUCH_CONTAINER.with(reference));
    }

    private Optional<Cell> byName(String reference) {
        return Optional.ofNullable(names.get(ContainerName.withoutSlash(reference)))
                .flatMap(this::byId);
    }

    private Optional<Cell> byPrefix(String prefix) {
        if (prefix.isEmpty()) {
            return Optional.empty();
        }
        var matches = cells.tailMap(prefix, true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .limit(2)
                .toList();
        if (matches.size() > 1) {
            throw ErrorCode.AMBIGUOUS_REFERENCE.with(prefix);
        }
        return matches.stream().findFirst().map(Map.Entry::getValue);
    }
}
