package dev.gantry.contracts.docker.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.ContainerConfigBuilder;
import dev.gantry.contracts.docker.container.HealthConfig;
import dev.gantry.contracts.docker.image.ImageConfig;
import dev.gantry.contracts.docker.image.ImageConfigBuilder;
import dev.gantry.contracts.error.GantryException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EffectiveConfigTest {
    private static final long SEED = 42;
    private static final ImageConfig IMAGE = image("{\"Cmd\":[\"serve\"],\"Entrypoint\":[\"/app\"],\"User\":\"app\","
            + "\"Env\":[\"PATH=/bin\",\"A=image\"],\"WorkingDir\":\"/srv\",\"Labels\":{\"x\":\"image\",\"y\":\"1\"},"
            + "\"ExposedPorts\":{\"80/tcp\":{}},\"Volumes\":{\"/data\":{}},\"StopSignal\":\"INT\","
            + "\"Healthcheck\":{\"Test\":[\"CMD\",\"true\"],\"Interval\":5000000000,\"Retries\":2}}");

    @Test
    void takesAllFromTheImageWhenNothingIsAsked() {
        ContainerConfig config = effective("{\"Image\":\"i\"}");
        assertThat(config.cmd()).containsExactly("serve");
        assertThat(config.entrypoint()).containsExactly("/app");
        assertThat(config.user()).isEqualTo("app");
        assertThat(config.workingDir()).isEqualTo("/srv");
        assertThat(config.stopSignal()).isEqualTo("INT");
        assertThat(config.exposedPorts()).containsExactly("80/tcp");
        assertThat(config.image()).isEqualTo("i");
    }

    @Test
    void aCommandReplacesTheCommandAlone() {
        ContainerConfig config = effective("{\"Cmd\":[\"other\"]}");
        assertThat(config.cmd()).containsExactly("other");
        assertThat(config.entrypoint()).containsExactly("/app");
    }

    @Test
    void anEntrypointDiscardsTheImagesCommand() {
        ContainerConfig config = effective("{\"Entrypoint\":[\"sh\"]}");
        assertThat(config.entrypoint()).containsExactly("sh");
        assertThat(config.cmd()).isNull();
    }

    @Test
    void anEmptyTextResetsTheEntrypointAndTheImagesCommandGoesToo() {
        assertThat(effective("{\"Entrypoint\":[\"\"],\"Cmd\":[\"x\"]}").entrypoint())
                .isNull();
        assertThatThrownBy(() -> effective("{\"Entrypoint\":\"\"}")).hasMessage("no command specified");
    }

    @Test
    void anEmptyListKeepsTheImagesCommandButNotItsEntrypoint() {
        ContainerConfig config = effective("{\"Entrypoint\":[]}");
        assertThat(config.entrypoint()).isEmpty();
        assertThat(config.cmd()).containsExactly("serve");
    }

    @Test
    void whatIsAskedWinsByNameAndComesFirst() {
        ContainerConfig config = effective("{\"Env\":[\"B=1\",\"A=mine\"],\"Labels\":{\"x\":\"mine\"}}");
        assertThat(config.env()).containsExactly("B=1", "A=mine", "PATH=/bin");
        assertThat(config.labels()).containsEntry("x", "mine").containsEntry("y", "1");
    }

    @Test
    void aHealthcheckIsCompletedFieldByField() {
        HealthConfig health = Objects.requireNonNull(
                effective("{\"Healthcheck\":{\"Retries\":7}}").healthcheck());
        assertThat(health).isEqualTo(new HealthConfig(List.of("CMD", "true"), 5_000_000_000L, 0, 0, 0, 7));
    }

    @Test
    void refusesWhatDockerRefuses() {
        Map<String, String> refusals = Map.of(
                "{\"WorkingDir\":\"relative\"}",
                "the working directory 'relative' is invalid, it needs to be an absolute path",
                "{\"StopSignal\":\"BOGUS\"}",
                "invalid signal: BOGUS",
                "{\"Env\":[\"=x\"]}",
                "invalid environment variable: =x",
                "{\"Healthcheck\":{\"Timeout\":5}}",
                "Timeout in Healthcheck cannot be less than 1ms",
                "{\"Healthcheck\":{\"Retries\":-1}}",
                "Retries in Healthcheck cannot be negative");
        refusals.forEach((asked, message) -> assertThatThrownBy(() -> effective(asked))
                .isInstanceOf(GantryException.class)
                .hasMessage(message));
    }

    @Test
    void cleansTheWorkingDirectory() {
        assertThat(effective("{\"WorkingDir\":\"/a//b/./../c/\"}").workingDir()).isEqualTo("/a/c");
        assertThat(ConfigRules.clean("/../..")).isEqualTo("/");
    }

    @Test
    void readsTheDefaultsOfAnImageConfigOrNone() {
        byte[] oci = "{\"architecture\":\"amd64\",\"config\":{\"Cmd\":[\"sh\"]}}".getBytes(StandardCharsets.UTF_8);
        assertThat(EffectiveConfig.imageDefaults(oci).cmd()).containsExactly("sh");
        assertThat(EffectiveConfig.imageDefaults("{}".getBytes(StandardCharsets.UTF_8))
                        .cmd())
                .isNull();
    }

    @Test
    void nothingAskedIsLostAndNothingIsInvented() {
        Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            ContainerConfig asked = randomAsked(random);
            ImageConfig image = randomImage(random);
            ContainerConfig merged = EffectiveConfig.merge(asked, image);
            assertThat(Empty.ifNull(merged.env())).as("seed %d", SEED).containsAll(Empty.ifNull(asked.env()));
            assertThat(Empty.ifNull(asked.exposedPorts())).isSubsetOf(Empty.ifNull(merged.exposedPorts()));
            assertThat(Empty.ifNull(merged.exposedPorts()))
                    .isEqualTo(union(asked.exposedPorts(), image.exposedPorts()));
            assertThat(Empty.ifNull(merged.labels()).keySet())
                    .isEqualTo(union(keys(asked.labels()), keys(image.labels())));
            assertThat(Empty.ifNull(merged.labels())).containsAllEntriesOf(Empty.ifNull(asked.labels()));
            assertThat(EffectiveConfig.merge(merged, image))
                    .as("seed %d: twice is once", SEED)
                    .isEqualTo(merged);
        }
    }

    private static ContainerConfig randomAsked(Random random) {
        return ContainerConfigBuilder.builder(DockerJson.empty(ContainerConfig.class))
                .env(variables(random))
                .cmd(List.of("x"))
                .labels(labels(random))
                .exposedPorts(ports(random))
                .user(random.nextBoolean() ? "" : "me")
                .build();
    }

    private static ImageConfig randomImage(Random random) {
        return ImageConfigBuilder.builder(DockerJson.empty(ImageConfig.class))
                .env(variables(random))
                .labels(labels(random))
                .exposedPorts(ports(random))
                .user(random.nextBoolean() ? "" : "image")
                .build();
    }

    private static @Nullable List<String> variables(Random random) {
        List<String> variables = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            variables.add("V" + random.nextInt(8) + "=" + random.nextInt(10));
        }
        return variables.isEmpty() && random.nextBoolean() ? null : variables;
    }

    private static @Nullable Map<String, String> labels(Random random) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            labels.put("l" + random.nextInt(6), "" + random.nextInt(10));
        }
        return labels.isEmpty() && random.nextBoolean() ? null : labels;
    }

    private static @Nullable Set<String> ports(Random random) {
        Set<String> ports = new LinkedHashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            ports.add(random.nextInt(8) + "/tcp");
        }
        return ports.isEmpty() && random.nextBoolean() ? null : ports;
    }

    private static Set<String> keys(@Nullable Map<String, String> map) {
        return Empty.ifNull(map).keySet();
    }

    private static Set<String> union(@Nullable Set<String> one, @Nullable Set<String> other) {
        Set<String> union = new LinkedHashSet<>(Empty.ifNull(one));
        union.addAll(Empty.ifNull(other));
        return union;
    }

    private static ContainerConfig effective(String asked) {
        return EffectiveConfig.of(DockerJson.read(asked, ContainerConfig.class), IMAGE);
    }

    private static ImageConfig image(String json) {
        return DockerJson.read(json, ImageConfig.class);
    }
}
