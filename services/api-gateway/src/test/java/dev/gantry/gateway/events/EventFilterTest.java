package dev.gantry.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.system.EventActor;
import dev.gantry.contracts.docker.system.EventMessage;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.recording.Recording;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EventFilterTest {
    private static final Recording FILTERS = Recording.numbered(174);

    @Test
    void keepsOfTheRecordedEventsThoseThatTheEngineKept() {
        var all = events(FILTERS.exchanges("GET", "/events")
                .filter(exchange -> exchange.query().getOrDefault("filters", "").contains("scope"))
                .findFirst()
                .orElseThrow());
        assertThat(all).hasSizeGreaterThan(20);
        FILTERS.exchanges("GET", "/events").skip(1).forEach(exchange -> {
            var filter = new EventFilter(Filters.parse(exchange.query().getOrDefault("filters", "")));
            assertThat(all.stream().filter(filter::includes))
                    .as(exchange.query().getOrDefault("filters", ""))
                    .containsExactlyElementsOf(events(exchange));
        });
    }

    private static List<EventMessage> events(Exchange exchange) {
        return exchange.response().isEmpty() || exchange.response().json().isNull()
                ? List.of()
                : DockerJson.fromList(exchange.response().json(), EventMessage.class);
    }

    @Test
    void aLongActionIsNamedByItsBeginning() {
        assertThat(includes("{\"event\":[\"exec_create\"]}", event("container", "exec_create: sh -c x")))
                .isTrue();
        assertThat(includes("{\"event\":[\"health_status\"]}", event("container", "health_status: healthy")))
                .isTrue();
        assertThat(includes("{\"event\":[\"exec\"]}", event("container", "exec_create: sh -c x")))
                .isFalse();
    }

    @Test
    void anImageIsNamedWithOrWithoutItsTag() {
        var event = new EventMessage(
                "",
                "",
                "",
                "container",
                "create",
                new EventActor("id", Map.of("image", "localhost:5000/a:1")),
                "local",
                0,
                0);
        assertThat(includes("{\"image\":[\"localhost:5000/a\"]}", event)).isTrue();
        assertThat(includes("{\"image\":[\"localhost:5000/a:1\"]}", event)).isTrue();
        assertThat(includes("{\"image\":[\"localhost\"]}", event)).isFalse();
    }

    @Test
    void anUnknownKeyDemandsNothing() {
        assertThat(includes("{\"bogus\":[\"1\"]}", event("container", "die"))).isTrue();
    }

    private static boolean includes(String filters, EventMessage event) {
        return new EventFilter(Filters.parse(filters)).includes(event);
    }

    private static EventMessage event(String type, String action) {
        return new EventMessage("", "", "", type, action, new EventActor("id", Map.of("name", "c1")), "local", 0, 0);
    }
}
