package dev.gantry.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.gateway.routes.Coverage.Described;
import dev.gantry.gateway.testing.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code -Dgantry.write-docs=true} writes the page instead of comparing it. */
final class ApiCoverageTest {
    private static final Path PAGE = Path.of("../../docs/api-coverage.md");
    private static final RouteTable ROUTES = Engine.routesWithoutServices();

    @Test
    void everyOperationOfTheApiHasARouteOfItsMethodAndPath() throws IOException {
        for (var one : described()) {
            var match = ROUTES.find(one.method(), one.path().replaceAll("\\{.*}", "a/b"));
            assertThat(match).as(one.id()).isPresent();
            assertThat(match.orElseThrow().operation().id()).isEqualTo(one.id());
        }
    }

    @Test
    void thePageIsCurrent() throws IOException {
        var page = Coverage.page(ROUTES, described());
        if (Boolean.getBoolean("gantry.write-docs")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static List<Described> described() throws IOException {
        try (var in =
                Objects.requireNonNull(ApiCoverageTest.class.getResourceAsStream("/engine-api-v1.51-operations.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", 5))
                    .map(part -> new Described(part[0], part[1], part[2], part[3], part[4]))
                    .toList();
        }
    }
}
