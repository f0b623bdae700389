package dev.gantry.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.system.EventActor;
import dev.gantry.contracts.docker.system.EventMessage;
import dev.gantry.contracts.error.ErrorCode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One event in CloudEvents 1.0 (structured JSON), the value of a record on an events topic.
 *
 * @param id unique; a resend carries the same
 * @param source the service: {@code /gantry/scheduler}
 * @param type {@code dev.gantry.<kind>.<action>}, the action without what follows its colon
 * @param subject the object's id, also the record's key; the action where there is no single object
 * @param objectversion extension: the version of the object after this event; consumers ignore lower and equal ones
 */
public record CloudEvent(
        @JsonProperty("specversion") String specversion,
        @JsonProperty("id") String id,
        @JsonProperty("source") String source,
        @JsonProperty("type") String type,
        @JsonProperty("subject") String subject,
        @JsonProperty("time") Instant time,
        @JsonProperty("datacontenttype") String datacontenttype,
        @JsonProperty("objectversion") long objectversion,
        @JsonProperty("data") EventData data) {
    public static final String TYPE_PREFIX = "dev.gantry.";
    /** The header {@code content-type} of a record on an events topic (CloudEvents' binding for Kafka, structured mode). */
    public static final String CONTENT_TYPE = "application/cloudevents+json";

    /** No envelope takes more on the wire: {@link #of} bounds its parts so that even escaped they fit. */
    public static final int MAX_BYTES = 256 << 10;

    static final int MAX_ATTRIBUTES = 512;
    static final int MAX_ATTRIBUTE_CHARS = 4096;
    static final int MAX_ALL_ATTRIBUTES_CHARS = 40_000;
    static final int MAX_ACTION_CHARS = 1024;

    /**
     * A new event of scope {@code local}. No label can keep an event from being sent: long values are cut, and where there are too many
     * ({@value #MAX_ATTRIBUTES}, {@value #MAX_ALL_ATTRIBUTES_CHARS} characters in all) the longest are left out.
     *
     * @param objectId empty for an event about no single object ({@code prune}), whose subject is its action then
     * @param timeNano nanoseconds since the epoch
     */
    public static CloudEvent of(
            String service,
            ObjectKind kind,
            String action,
            String objectId,
            Map<String, String> attributes,
            long version,
            long timeNano) {
        String bounded = Texts.cut(action, MAX_ACTION_CHARS);
        EventActor actor = new EventActor(objectId, bounded(attributes));
        return new CloudEvent(
                "1.0",
                UUID.randomUUID().toString(),
                "/gantry/" + service,
                TYPE_PREFIX + kind.word() + "." + stem(bounded),
                objectId.isEmpty() ? stem(bounded) : objectId,
                instant(timeNano),
                "application/json",
                version,
                new EventData(actor, bounded, "local", timeNano));
    }

    public byte[] toJson() {
        return DockerJson.write(this);
    }

    /** Reads an envelope; anything that is none is refused with the field named. */
    public static CloudEvent fromJson(byte[] json) {
        CloudEvent event = DockerJson.read(json, CloudEvent.class);
        if (!event.specversion().equals("1.0")
                || event.id().isEmpty()
                || event.subject().isEmpty()) {
            throw ErrorCode.INVALID_PARAMETER.with("not a CloudEvents 1.0 envelope with id and subject");
        }
        String type =
                TYPE_PREFIX + event.kind().word() + "." + stem(event.data().action());
        if (!event.type().equals(type)) {
            throw ErrorCode.INVALID_PARAMETER.with("event of type " + event.type() + " has the action of " + type);
        }
        return event;
    }

    /** What kind of object this is about, out of the type. */
    public ObjectKind kind() {
        String[] parts = type.split("\\.", 4);
        boolean ours = type.startsWith(TYPE_PREFIX) && parts.length == 4;
        return (ours ? ObjectKind.of(parts[2]) : Optional.<ObjectKind>empty())
                .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.with("unknown event type: " + type));
    }

    /** The line that {@code GET /events} has for it. */
    public EventMessage toDocker() {
        ObjectKind kind = kind();
        Map<String, String> attributes = Objects.requireNonNullElse(data.actor().attributes(), Map.of());
        boolean legacy = kind.hasLegacyFields();
        return new EventMessage(
                legacy ? data.action() : "",
                legacy ? data.actor().id() : "",
                kind == ObjectKind.CONTAINER ? attributes.getOrDefault("image", "") : "",
                kind.word(),
                data.action(),
                data.actor(),
                data.scope(),
                Math.floorDiv(data.timeNano(), 1_000_000_000L),
                data.timeNano());
    }

    private static Map<String, String> bounded(Map<String, String> attributes) {
        Map<String, String> kept = new TreeMap<>();
        int chars = 0;
        for (Map.Entry<String, String> entry : shortestFirst(attributes)) {
            String value = Texts.cut(entry.getValue(), MAX_ATTRIBUTE_CHARS);
            chars += entry.getKey().length() + value.length();
            if (kept.size() == MAX_ATTRIBUTES || chars > MAX_ALL_ATTRIBUTES_CHARS) {
                return kept;
            }
            kept.put(entry.getKey(), value);
        }
        return kept;
    }

    private static List<Map.Entry<String, String>> shortestFirst(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, String> entry) ->
                                entry.getKey().length() + entry.getValue().length())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    private static String stem(String action) {
        int colon = action.indexOf(':');
        return colon < 0 ? action : action.substring(0, colon);
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
