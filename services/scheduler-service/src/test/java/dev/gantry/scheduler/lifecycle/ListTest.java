package dev.gantry.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerSummary;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.scheduler.view.ContainerList;
import dev.gantry.scheduler.view.InspectView;
import dev.gantry.scheduler.view.PruneFilter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists, filters and documents over containers that live: c1 runs, c2 was only created and has a label, c3 ended with 1. */
class ListTest {
    private final World world = new World();
    private String running = "";
    private String created = "";

    @BeforeEach
    void threeContainers() {
        running = world.create("c1", "sleep", false);
        world.scheduler().start(running);
        created = create("c2", "{\"Image\":\"busybox\",\"Cmd\":[\"echo\",\"a b\"],\"Labels\":{\"a\":\"1\"}}");
        var ended = world.create("c3", "sleep", false);
        world.scheduler().start(ended);
        world.host.exit(ended, 1);
        World.await("c3 ends", () -> world.state("c3").equals("exited"));
    }

    private String create(String name, String body) {
        return world.scheduler()
                .create(name, "", body.getBytes(StandardCharsets.UTF_8))
                .id();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<ContainerSummary> list(String filters, boolean all, int limit) {
        return new ContainerList(world.scheduler(), reference -> "sha256:" + "a".repeat(64), Instant.now())
                .of(Filters.parse(filters), all, limit);
    }

    private List<String> names(String filters, boolean all, int limit) {
        return list(filters, all, limit).stream()
                .map(summary -> summary.names().getFirst())
                .toList();
    }

    @Test
    void newestFirstAndOnlyRunningOnesUnlessAskedForMore() {
        assertThat(names("", false, 0)).containsExactly("/c1");
        assertThat(names("", true, 0)).containsExactly("/c3", "/c2", "/c1");
        assertThat(names("", false, 2)).containsExactly("/c3", "/c2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"status":["exited"]}       | /c3
            {"exited":["1"]}            | /c3
            {"exited":["0"]}            |
            {"name":["c2"]}             | /c2
            {"name":["^/c[12]$"]}       | /c2,/c1
            {"label":["a"]}             | /c2
            {"label":["a=1"]}           | /c2
            {"label":["a=2"]}           |
            {"ancestor":["busybox"]}    | /c3,/c2,/c1
            {"volume":["vol1"]}         |
            {"network":["none"]}        | /c3,/c1
            {"network":["bridge"]}      | /c2
            {"publish":["80"]}          |
            {"health":["none"]}         | /c3,/c2,/c1
            {"health":["healthy"]}      |
            {"before":["c3"]}           | /c2,/c1
            {"since":["c1"]}            | /c3,/c2
            {"is-task":["false"]}       | /c3,/c2,/c1
            {"is-task":["true"]}        |
            """)
    void filters(String filters, String expected) {
        var wanted = expected == null ? List.of() : List.of(expected.split(","));
        assertThat(names(filters, true, 0)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"bogus":["1"]}      | invalid filter 'bogus'
            {"status":["bogus"]} | invalid filter 'status=bogus': invalid value for state (bogus): must be one of created, running, paused, restarting, removing, exited, dead
            {"exited":["x"]}     | invalid filter 'exited=x': strconv.Atoi: parsing "x": invalid syntax
            {"before":["nosuch"]}| No such container: nosuch
            {"health":["bogus"]} | invalid filter 'health=bogus': invalid value for health (bogus): must be one of none, starting, healthy, unhealthy
            {"is-task":["x"]}    | invalid filter 'is-task=[x]'
            """)
    void refusesBadFiltersInDockersWords(String filters, String message) {
        assertThatThrownBy(() -> list(filters, true, 0)).hasMessage(message);
    }

    @Test
    void summariesSpeakAsDocker() {
        var summary =
                list("{\"id\":[\"" + created.substring(0, 20) + "\"]}", true, 0).getFirst();
        assertThat(summary.command()).isEqualTo("echo 'a b'");
        assertThat(summary.status()).isEqualTo("Created");
        assertThat(list("{\"name\":[\"c1\"]}", true, 0).getFirst().status()).startsWith("Up ");
        assertThat(list("{\"name\":[\"c3\"]}", true, 0).getFirst().status()).startsWith("Exited (1) ");
    }

    @Test
    void aContainerThatNeverRanShowsWhatDockerShows() {
        var inspect = inspect(created);
        assertThat(inspect.path("Path").asText()).isEqualTo("echo");
        assertThat(inspect.path("Args")).hasSize(1);
        assertThat(inspect.path("Name").asText()).isEqualTo("/c2");
        assertThat(inspect.path("LogPath").asText()).isEmpty();
        assertThat(inspect.path("State").path("StartedAt").asText()).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(inspect.path("HostConfig").path("NetworkMode").asText()).isEqualTo("bridge");
        assertThat(inspect.path("Config").path("Hostname").asText()).isEqualTo(created.substring(0, 12));
        assertThat(inspect.path("NetworkSettings").path("Networks").has("bridge"))
                .isTrue();
        assertThat(inspect.path("ExecIDs").isNull()).isTrue();
        assertThat(inspect(running).path("State").path("Pid").asInt()).isEqualTo(7);
    }

    private JsonNode inspect(String id) {
        return DockerJson.tree(InspectView.of(world.scheduler().inspect(id), DockerJson.empty(NodeFacts.class)));
    }

    @Test
    void pruneFiltersTakeLabelsAndTimes() {
        var now = Instant.now().plus(Duration.ofSeconds(1));
        assertThat(matches("{\"label\":[\"a\"]}", now)).isTrue();
        assertThat(matches("{\"label!\":[\"a\"]}", now)).isFalse();
        assertThat(matches("{\"until\":[\"1h\"]}", now)).isFalse();
        assertThat(matches("{\"until\":[\"1ms\"]}", now)).isTrue();
        assertThatThrownBy(() -> matches("{\"bogus\":[\"1\"]}", now)).hasMessage("invalid filter 'bogus'");
    }

    private boolean matches(String filters, Instant now) {
        return PruneFilter.parse(Filters.parse(filters), now)
                .test(world.scheduler().inspect(created));
    }
}
