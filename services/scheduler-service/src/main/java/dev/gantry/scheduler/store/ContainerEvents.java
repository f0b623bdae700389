package dev.gantry.scheduler.store;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.system.EventActor;
import dev.gantry.contracts.event.CloudEvent;
import dev.gantry.contracts.event.EventData;
import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.events.outbox.OutboxRecord;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.lifecycle.Change;
import dev.gantry.scheduler.lifecycle.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the log is told of a container: events as Docker has them, and its state for other services. No values of the environment. */
final class ContainerEvents {
    private static final String SERVICE = "scheduler";
    private static final String PRUNES = "prune";

    private ContainerEvents() {}

    static List<OutboxRecord> of(Change change) {
        var records = events(change);
        records.add(state(change.after()));
        return records;
    }

    static List<OutboxRecord> last(Change gone) {
        var records = events(gone);
        var after = gone.after();
        records.add(OutboxRecord.tombstone(
                ObjectKind.CONTAINER,
                after.id(),
                after.status().version(),
                after.status().lastEvent()));
        return records;
    }

    /** An event of no container: its actor has no id. */
    static OutboxRecord alone(Fact fact) {
        var event = event(PRUNES, fact, fact.attributes());
        var nobody = new EventActor("", fact.attributes());
        var data = new EventData(nobody, fact.action(), event.data().scope(), nanos(fact.time()));
        return OutboxRecord.event(new CloudEvent(
                event.specversion(),
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                event.datacontenttype(),
                event.objectversion(),
                data));
    }

    private static List<OutboxRecord> events(Change change) {
        var records = new ArrayList<OutboxRecord>();
        for (var fact : change.facts()) {
            records.add(OutboxRecord.event(event(change.after().id(), fact, attributes(change.after(), fact))));
        }
        return records;
    }

    private static CloudEvent event(String id, Fact fact, Map<String, String> attributes) {
        return CloudEvent.of(
                SERVICE, ObjectKind.CONTAINER, fact.action(), id, attributes, fact.version(), nanos(fact.time()));
    }

    private static Map<String, String> attributes(Container container, Fact fact) {
        var attributes = new TreeMap<>(Empty.ifNull(container.spec().config().labels()));
        attributes.put("image", container.spec().config().image());
        attributes.put("name", container.name());
        attributes.putAll(fact.attributes());
        return attributes;
    }

    private static OutboxRecord state(Container container) {
        var status = container.status();
        return OutboxRecord.state(
                ObjectKind.CONTAINER,
                container.id(),
                status.version(),
                status.lastEvent(),
                ContainerSnapshot.of(container).toJson());
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }
}
