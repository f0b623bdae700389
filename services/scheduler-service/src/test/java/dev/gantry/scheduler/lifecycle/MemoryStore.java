package dev.gantry.scheduler.lifecycle;

import dev.gantry.scheduler.container.Container;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A database in memory that can crash before or after its n-th commit. */
final class MemoryStore implements ContainerStore {
    /** The process died here. */
    static final class Crash extends IllegalStateException {
        private static final long serialVersionUID = 1;
    }

    private final Map<String, Container> rows = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private int crashBefore = Integer.MAX_VALUE;
    private int crashAfter = Integer.MAX_VALUE;
    private int commits;

    synchronized void crashBefore(int commit) {
        crashBefore = commits + commit;
    }

    synchronized void crashAfter(int commit) {
        crashAfter = commits + commit;
    }

    synchronized void heal() {
        crashBefore = Integer.MAX_VALUE;
        crashAfter = Integer.MAX_VALUE;
    }

    synchronized boolean crashed() {
        return commits >= crashBefore || commits >= crashAfter;
    }

    /** The events of one container, in the order of the commits. */
    synchronized List<String> events(String id) {
        return log.stream()
                .filter(line -> line.startsWith(id + " "))
                .map(line -> line.substring(id.length() + 1))
                .collect(Collectors.toList());
    }

    synchronized int commits() {
        return commits;
    }

    private void commit(Change change, Runnable work) {
        if (crashed()) {
            throw new Crash();
        }
        commits++;
        if (commits == crashBefore) {
            throw new Crash();
        }
        work.run();
        change.facts().forEach(fact -> log.add(change.after().id() + " " + fact.action()));
        if (commits == crashAfter) {
            throw new Crash();
        }
    }

    @Override
    public synchronized List<Container> load() {
        return List.copyOf(rows.values());
    }

    @Override
    public synchronized void insert(Change created) {
        commit(created, () -> rows.put(created.after().id(), created.after()));
    }

    @Override
    public synchronized void update(long before, Change change) {
        commit(change, () -> {
            expect(before, change);
            rows.put(change.after().id(), change.after());
        });
    }

    @Override
    public synchronized void delete(long before, Change gone) {
        commit(gone, () -> {
            expect(before, gone);
            rows.remove(gone.after().id());
        });
    }

    private void expect(long before, Change change) {
        var row = rows.get(change.after().id());
        if (row == null || row.status().version() != before) {
            throw new IllegalStateException("not at version " + before);
        }
    }

    @Override
    public synchronized void tell(Fact fact) {
        log.add("- " + fact.action());
    }
}
