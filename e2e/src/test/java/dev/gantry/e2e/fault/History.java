package dev.gantry.e2e.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the events of one container say, held against the order that they must have: created once, starts and ends in turns, joined and left
 * in turns, nothing after its destruction, nothing twice.
 */
public final class History {
    private final List<Event> events;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> execs = new HashMap<>();
    private final Set<String> joined = new HashSet<>();
    private int starts;
    private int ends;
    private boolean created;
    private boolean destroyed;

    private History(List<Event> events) {
        this.events = List.copyOf(events);
    }

    /** @param events of one container, from before its creation on, in the order of the log */
    static History of(List<Event> events) {
        var history = new History(events);
        history.read();
        return history;
    }

    private void read() {
        var seen = new HashSet<Event>();
        for (var event : events) {
            require(seen.add(event), event, "is there twice");
            require(!destroyed || !event.type().equals("container"), event, "comes after destroy");
            require(created || event.verb().equals("create"), event, "comes before create");
            take(event);
        }
        inOrderOfTime();
    }

    private void inOrderOfTime() {
        var last = Long.MIN_VALUE;
        for (var event : events) {
            if (event.type().equals("container")) {
                require(event.timeNano() > last, event, "is not later than the one before");
                last = event.timeNano();
            }
        }
    }

    private void require(boolean holds, Event event, String otherwise) {
        if (!holds) {
            problems.add(event + " " + otherwise + " in " + events);
        }
    }

    private void take(Event event) {
        switch (event.type()) {
            case "container" -> takeOwn(event);
            case "network", "volume" -> takeNeighbour(event);
            default -> require(false, event, "is of no known kind");
        }
    }

    private void takeOwn(Event event) {
        switch (event.verb()) {
            case "create" -> {
                require(!created, event, "is the second");
                created = true;
            }
            case "start" -> require(++starts == ends + 1, event, "comes while it runs");
            case "die" -> require(++ends == starts, event, "comes while it does not run");
            case "destroy" -> {
                require(starts == ends, event, "comes while it runs");
                destroyed = true;
            }
            case "exec_create" -> exec(event, "", "created");
            case "exec_start" -> exec(event, "created", "started");
            case "exec_die" -> exec(event, "started", "ended");
            default -> {}
        }
    }

    private void exec(Event event, String before, String after) {
        var id = event.attribute("execID");
        require(execs.getOrDefault(id, "").equals(before), event, "comes when the exec is \"" + execs.get(id) + "\"");
        execs.put(id, after);
    }

    private void takeNeighbour(Event event) {
        var place = event.type() + " " + event.actor();
        switch (event.verb()) {
            case "connect", "mount" -> require(joined.add(place), event, "comes twice in a row");
            case "disconnect", "unmount" -> require(joined.remove(place), event, "comes without its beginning");
            default -> {}
        }
    }

    /** What must not be, in words; empty when all is well. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    boolean created() {
        return created;
    }

    /** What the container was called when it was made. */
    String name() {
        return events.isEmpty() ? "" : events.getFirst().attribute("name");
    }

    boolean destroyed() {
        return destroyed;
    }

    boolean running() {
        return starts > ends;
    }

    int starts() {
        return starts;
    }

    /** Execs that began and of whose end nobody told. */
    long openExecs() {
        return execs.values().stream().filter("started"::equals).count();
    }

    /** Networks and volumes that it has joined and not left. */
    Set<String> joined() {
        return Set.copyOf(joined);
    }

    @Override
    public String toString() {
        return events.toString();
    }
}
