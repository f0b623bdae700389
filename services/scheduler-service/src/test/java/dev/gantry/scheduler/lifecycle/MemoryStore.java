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
    private final Map<String, Container> owed = new HashMap<>();
    private int crashBefore = Integer.MAX_VALUE;
    private int crashAfter = Integer.MAX_VALUE;
    private int commits;
    private ContainerStore connection = this;

    synchronized void crashBefore(int commit) {
        crashBefore = commits + commit;
    }

    synchronized void crashAfter(int commit) {
        crashAfter = commits + commit;
    }

    /** It works again, for who was there before, too. */
    synchronized void mend() {
        crashBefore = Integer.MAX_VALUE;
        crashAfter = Integer.MAX_VALUE;
    }

    synchronized void heal() {
        connection = this;
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

    /** The same, when there are as many. */
    List<String> events(String id, int many) {
        World.await(many + " events", () -> events(id).size() >= many);
        return events(id);
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

    /** What one scheduler has of this database: a dead one commits nothing any more. */
    ContainerStore connect() {
        connection = new Connection();
        return connection;
    }

    private final class Connection implements ContainerStore {
        @Override
        public List<Container> load() {
            return MemoryStore.this.load();
        }

        @Override
        public void insert(Change created) {
            whileAlive(() -> MemoryStore.this.insert(created));
        }

        @Override
        public void update(Container before, Change change) {
            whileAlive(() -> MemoryStore.this.update(before, change));
        }

        @Override
        public void delete(long before, Change gone) {
            whileAlive(() -> MemoryStore.this.delete(before, gone));
        }

        @Override
        public void deleteOwing(long before, Change gone) {
            whileAlive(() -> MemoryStore.this.deleteOwing(before, gone));
        }

        @Override
        public List<Owed> owed(String node) {
            return MemoryStore.this.owed(node);
        }

        @Override
        public void settled(Owed owed) {
            whileAlive(() -> MemoryStore.this.settled(owed));
        }

        @Override
        public void tell(Fact fact) {
            whileAlive(() -> MemoryStore.this.tell(fact));
        }

        private void whileAlive(Runnable work) {
            synchronized (MemoryStore.this) {
                if (connection != this) {
                    throw new Crash();
                }
                work.run();
            }
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
    public synchronized void update(Container before, Change change) {
        commit(change, () -> {
            expect(before.status().version(), change);
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

    @Override
    public synchronized void deleteOwing(long before, Change gone) {
        delete(before, gone);
        owed.put(gone.after().id(), gone.after());
    }

    @Override
    public synchronized List<Owed> owed(String node) {
        return owed.values().stream()
                .filter(container -> container.node().equals(node))
                .map(container -> new Owed(container.id(), container.status().generation()))
                .toList();
    }

    @Override
    public synchronized void settled(Owed settled) {
        owed.remove(settled.container());
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
