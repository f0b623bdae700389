package dev.gantry.contracts.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.recording.Recording;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FiltersTest {
    private static final List<String> STATES =
            List.of("created", "running", "paused", "restarting", "removing", "exited", "dead");
    private static final List<String> KNOWN =
            List.of("status", "exited", "health", "is-task", "before", "since", "label", "name");

    @Test
    void readsListsAndTheOldMapsAlike() {
        Filters lists = Filters.parse("{\"status\":[\"exited\",\"dead\"],\"label\":[\"a=1\"]}");
        Filters maps = Filters.parse("{\"status\":{\"exited\":true,\"dead\":true},\"label\":{\"a=1\":true}}");
        assertThat(lists).isEqualTo(maps);
        assertThat(lists.get("status")).containsExactly("exited", "dead");
        assertThat(Filters.fromJson(lists.toJson())).isEqualTo(lists);
    }

    @Test
    void nothingIsNoFilter() {
        assertThat(Filters.parse("")).isEqualTo(Filters.NONE);
        assertThat(Filters.parse("null").isEmpty()).isTrue();
        assertThat(Filters.parse("{}").isEmpty()).isTrue();
        assertThat(Filters.parse("{\"status\":[]}").has("status")).isFalse();
        assertThat(Filters.fromJson(new byte[0]).isEmpty()).isTrue();
    }

    @Test
    void refusesWhatIsNeitherForm() {
        List<String> malformed = List.of(
                "{bad",
                "[]",
                "{\"status\":\"x\"}",
                "{\"a\":[\"x\"],\"b\":{\"y\":true}}",
                "{\"a\":[1]}",
                "{\"a\":{\"x\":\"true\"}}",
                "{\"a\":[\"\\u0000\"]}",
                "{} {}",
                "{\"a\":[" + "\"x\",".repeat(20_000) + "\"x\"]}");
        assertThat(malformed)
                .allSatisfy(text -> assertThatThrownBy(() -> Filters.parse(text))
                        .isInstanceOf(GantryException.class)
                        .hasMessage("invalid filter"));
    }

    @Test
    void saysWhatTheEngineSaidOfRecordedFilters() {
        List<Exchange> exchanges = java.util.stream.Stream.of(107, 262)
                .flatMap(number -> Recording.numbered(number).exchanges("GET", "/containers/json"))
                .filter(exchange -> exchange.query().containsKey("filters") && exchange.status() != 404)
                .toList();
        assertThat(exchanges).hasSizeGreaterThan(7).allSatisfy(exchange -> {
            String filters = Objects.requireNonNull(exchange.query().get("filters"));
            GantryException refused = catchThrowableOfType(GantryException.class, () -> useAsContainerList(filters));
            String said = refused == null ? "" : String.valueOf(refused.getMessage());
            assertThat(said).isEqualTo(exchange.response().message());
        });
    }

    private static void useAsContainerList(String text) {
        Filters filters = Filters.parse(text);
        filters.refuseOthersThan(KNOWN);
        filters.refuseValuesOtherThan("status", "state", STATES);
        filters.refuseValuesOtherThan("health", "health", List.of("none", "starting", "healthy", "unhealthy"));
        filters.integers("exited");
        filters.flag("is-task", false);
    }

    @Test
    void matchesLabelsAllAtOnce() {
        Filters filters = Filters.parse("{\"label\":[\"a\",\"b=2\"]}");
        assertThat(filters.labels("label", Map.of("a", "", "b", "2", "c", ""))).isTrue();
        assertThat(filters.labels("label", Map.of("a", "", "b", "3"))).isFalse();
        assertThat(filters.labels("label", null)).isFalse();
        assertThat(Filters.NONE.labels("label", null)).isTrue();
    }

    @Test
    void findsNamesByPartOrExpression() {
        Filters filters = Filters.parse("{\"name\":[\"^/c[0-9]$\",\"web\"]}");
        assertThat(filters.found("name", "/c1")).isTrue();
        assertThat(filters.found("name", "/myweb2")).isTrue();
        assertThat(filters.found("name", "/c12")).isFalse();
        assertThat(Filters.parse("{\"name\":[\"[\"]}").found("name", "/c1")).isFalse();
    }

    @Test
    void givesUpOnAnExpressionThatTakesForEver() {
        Filters filters = Filters.parse("{\"name\":[\"(a+)+$\"]}");
        assertThat(filters.found("name", "a".repeat(60) + "!")).isFalse();
    }

    @Test
    void readsFlags() {
        assertThat(Filters.parse("{\"dangling\":[\"1\"]}").flag("dangling", false))
                .isTrue();
        assertThat(Filters.parse("{\"dangling\":{\"false\":true}}").flag("dangling", true))
                .isFalse();
        assertThat(Filters.NONE.flag("dangling", true)).isTrue();
        assertThatThrownBy(() -> Filters.parse("{\"dangling\":[\"1\",\"0\"]}").flag("dangling", true))
                .hasMessage("invalid filter 'dangling=[1 0]'");
    }

    @Test
    void onlyEverRefusesWithACataloguedError() {
        long seed = 4711;
        Random random = new Random(seed);
        String alphabet = "{}[]\":,truefalsn0123abc\\ \u0000é";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("{\"a\":");
            random.ints(random.nextInt(20), 0, alphabet.length()).forEach(c -> text.append(alphabet.charAt(c)));
            assertThatCode(() -> parseQuietly(text.toString()))
                    .as("seed %d, input %s", seed, text)
                    .doesNotThrowAnyException();
        }
    }

    private static void parseQuietly(String text) {
        try {
            Filters filters = Filters.parse(text);
            assertThat(Filters.fromJson(filters.toJson())).isEqualTo(filters);
        } catch (GantryException refused) {
            assertThat(refused).hasMessage("invalid filter");
        }
    }
}
