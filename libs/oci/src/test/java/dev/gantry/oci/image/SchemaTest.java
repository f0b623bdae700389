package dev.gantry.oci.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.gantry.oci.digest.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What we write is what the specification's own schemas allow. */
class SchemaTest {
    private static final Digest DIGEST = Digest.of(new byte[0]);

    private static void assertValid(String schema, byte[] document) throws IOException {
        JsonNode json = new ObjectMapper().readTree(document);
        assertThat(schema(schema).validate(json)).as(json.toString()).isEmpty();
    }

    /** The schemas name each other by file; their ids are only names. */
    private static JsonSchema schema(String file) {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                VersionFlag.V4,
                builder -> builder.schemaMappers(
                        mappers -> mappers.mapPrefix("https://opencontainers.org/schema/image/", "classpath:schema/")
                                .mapPrefix("https://opencontainers.org/schema/", "classpath:schema/")));
        return factory.getSchema(SchemaLocation.of("classpath:schema/" + file));
    }

    private static ImageConfiguration full() {
        return new ImageConfiguration(
                Instant.parse("2026-11-21T09:45:06.043083981Z"),
                "someone",
                "arm64",
                "v8",
                "linux",
                null,
                new ExecutionConfig(
                        "1000",
                        new TreeMap<>(Map.of("80/tcp", Map.of())),
                        List.of("A=1"),
                        List.of("/bin/x"),
                        List.of(),
                        Map.of("/data", Map.of()),
                        "/w",
                        Map.of("l", "v"),
                        "SIGINT",
                        false,
                        new Healthcheck(List.of("CMD", "true"), 1_000_000_000, 0, 0, 0, 3),
                        List.of("RUN true"),
                        List.of("/bin/sh", "-c")),
                RootFilesystem.of(List.of(DIGEST)),
                List.of(new History(Instant.EPOCH, "ADD x", null, "note", false)),
                "note",
                "1");
    }

    @Test
    void configsFollowTheSchema() throws IOException {
        assertValid("config-schema.json", OciJson.write(full()));
        assertValid(
                "config-schema.json",
                OciJson.write(new ImageConfiguration(
                        null,
                        null,
                        "amd64",
                        null,
                        "linux",
                        null,
                        ExecutionConfig.EMPTY,
                        RootFilesystem.of(List.of()),
                        List.of(),
                        null,
                        null)));
    }

    @Test
    void manifestsFollowTheSchema() throws IOException {
        Manifest manifest = Manifest.of(
                Descriptor.of(MediaTypes.OCI_CONFIG, DIGEST, 0),
                List.of(Descriptor.of(MediaTypes.OCI_LAYER, DIGEST, 0)));
        assertValid("image-manifest-schema.json", OciJson.write(manifest));
        assertThat(OciJson.read(OciJson.write(manifest), Manifest.class)).isEqualTo(manifest);
    }

    @Test
    void readsWhatItWrites() throws IOException {
        assertThat(OciJson.read(OciJson.write(full()), ImageConfiguration.class))
                .isEqualTo(full());
    }

    @Test
    void tellsNothingFromEmpty() throws IOException {
        String json = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},"
                + "\"config\":{\"Cmd\":[],\"Entrypoint\":null},\"unknown\":1}";
        ImageConfiguration read = OciJson.read(json.getBytes(StandardCharsets.UTF_8), ImageConfiguration.class);
        assertThat(read.execution().cmd()).isEmpty();
        assertThat(read.execution().entrypoint()).isNull();
    }

    @Test
    void refusesDocumentsThatAreNone() {
        for (String json : List.of(
                "",
                "{",
                "[]",
                "{}",
                "{\"os\":\"linux\"}",
                "{}{}",
                "{\"architecture\":\"a\",\"os\":\"l\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"x\"]}}",
                "[".repeat(1000))) {
            assertThatThrownBy(() -> OciJson.read(json.getBytes(StandardCharsets.UTF_8), ImageConfiguration.class))
                    .as(json)
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> OciJson.read(
                        ("{\"mediaType\":\"m\",\"digest\":\"" + DIGEST + "\",\"size\":-1}")
                                .getBytes(StandardCharsets.UTF_8),
                        Descriptor.class))
                .hasMessageContaining("negative size");
    }
}
