package dev.gantry.contracts.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gantry.contracts.docker.container.ConsoleSize;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.ContainerCreateBody;
import dev.gantry.contracts.docker.container.ContainerState;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.recording.Recording;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DockerJsonTest {
    @Test
    void matchesKeysWithoutCaseAndTheLastOneWins() {
        ContainerConfig config = config("{\"image\":\"a\",\"IMAGE\":\"b\",\"tTy\":true}");
        assertThat(config.image()).isEqualTo("b");
        assertThat(config.tty()).isTrue();
    }

    @Test
    void ignoresUnknownKeys() {
        assertThat(config("{\"Image\":\"a\",\"Unknown\":{\"deep\":[1]}}").image())
                .isEqualTo("a");
    }

    @Test
    void tellsNullFromAnEmptyList() {
        assertThat(config("{\"Entrypoint\":null}").entrypoint()).isNull();
        assertThat(config("{}").entrypoint()).isNull();
        assertThat(config("{\"Entrypoint\":[]}").entrypoint()).isEmpty();
        assertThat(DockerJson.writeText(config("{\"Cmd\":[]}"))).contains("\"Cmd\":[]", "\"Entrypoint\":null");
    }

    @Test
    void takesATextForAListOfOneWhereDockerDoes() {
        assertThat(config("{\"Cmd\":\"echo x\"}").cmd()).containsExactly("echo x");
        assertThat(refusal("{\"Env\":\"A=1\"}"))
                .isEqualTo("invalid JSON: json: cannot unmarshal string into Go struct field .Env of type []string");
    }

    @Test
    void readsSetsAsMapsOfEmptyObjects() {
        ContainerConfig config = config("{\"ExposedPorts\":{\"80/tcp\":{},\"53/udp\":null}}");
        assertThat(config.exposedPorts()).isEqualTo(Set.of("80/tcp", "53/udp"));
        assertThat(DockerJson.writeText(config)).contains("\"ExposedPorts\":{\"53/udp\":{},\"80/tcp\":{}}");
    }

    @Test
    void keepsSixtyFourBitsOfANumber() {
        HostConfig host = DockerJson.read("{\"Memory\":9223372036854775807}", HostConfig.class);
        assertThat(host.memory()).isEqualTo(Long.MAX_VALUE);
        assertThat(refusal("{\"HostConfig\":{\"Memory\":9223372036854775808}}"))
                .isEqualTo("invalid JSON: json: cannot unmarshal number 9223372036854775808 into Go struct field"
                        + " .HostConfig.Memory of type int64");
        assertThat(refusal("{\"HostConfig\":{\"Memory\":1.5}}")).contains("number 1.5 into", ".HostConfig.Memory");
    }

    @Test
    void writesTimesLikeGo() {
        ContainerState state =
                DockerJson.read("{\"StartedAt\":\"2026-11-21T09:37:55.954353210+01:00\"}", ContainerState.class);
        assertThat(DockerJson.writeText(state))
                .contains("\"StartedAt\":\"2026-11-21T08:37:55.95435321Z\"", "\"FinishedAt\":\"0001-01-01T00:00:00Z\"");
    }

    @Test
    void refusesATimeThatIsNone() {
        assertThatThrownBy(() -> DockerJson.read("{\"StartedAt\":\"yesterday\"}", ContainerState.class))
                .isInstanceOf(GantryException.class)
                .hasMessageContaining("StartedAt")
                .hasMessageContaining("yesterday");
    }

    @Test
    void readsTheZeroValueOfWhatIsNullOrAbsent() {
        HostConfig host = DockerJson.empty(HostConfig.class);
        assertThat(host.restartPolicy().name()).isEmpty();
        assertThat(host.consoleSize()).isEqualTo(ConsoleSize.NONE);
        assertThat(host.binds()).isNull();
        assertThat(DockerJson.read("{\"LogConfig\":null,\"ConsoleSize\":[24]}", HostConfig.class)
                        .consoleSize())
                .isEqualTo(new ConsoleSize(24, 0));
    }

    @Test
    void readsMapsWithNullLists() {
        HostConfig host = DockerJson.read("{\"PortBindings\":{\"80/tcp\":null}}", HostConfig.class);
        assertThat(host.portBindings()).containsKey("80/tcp").containsValue(null);
        assertThat(DockerJson.writeText(host)).contains("\"PortBindings\":{\"80/tcp\":null}");
    }

    @Test
    void hasNoConfigWhenABodyNamesNoneOfItsFields() {
        assertThat(body("{}").config()).isNull();
        assertThat(body("null").config()).isNull();
        assertThat(body("{\"HostConfig\":{},\"Unknown\":1}").config()).isNull();
        assertThat(body("{\"image\":null}").config()).isNotNull();
    }

    @Test
    void writesACreateBodyAsOneObject() {
        ContainerCreateBody body = body("{\"Image\":\"a\",\"HostConfig\":{\"Memory\":7}}");
        assertThat(DockerJson.read(DockerJson.write(body), ContainerCreateBody.class))
                .isEqualTo(body);
        assertThat(DockerJson.writeText(body)).contains("\"Image\":\"a\"").doesNotContain("NetworkingConfig");
    }

    @Test
    void refusesNulBytesAnywhereAndNamesTheField() {
        assertThat(refusal("{\"Cmd\":[\"a\",\"b\\u0000\"]}"))
                .isEqualTo("invalid value for Cmd[1]: it holds a NUL byte");
        assertThat(refusal("{\"Labels\":{\"a\\u0000\":\"\"}}")).contains("Labels", "NUL");
        assertThat(refusal("{\"Unknown\":[{\"x\":\"\\u0000\"}]}")).contains("Unknown[0].x");
    }

    @Test
    void boundsDepthAndSize() {
        String deep = "[".repeat(DockerJson.MAX_DEPTH + 1) + "]".repeat(DockerJson.MAX_DEPTH + 1);
        assertThat(refusal("{\"Unknown\":" + deep + "}")).contains("invalid JSON", "depth");
        byte[] large = ("{\"Image\":\"" + "x".repeat(DockerJson.MAX_BYTES) + "\"}").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> DockerJson.read(large, ContainerCreateBody.class))
                .isInstanceOf(GantryException.class)
                .extracting(e -> ((GantryException) e).code())
                .isEqualTo(ErrorCode.INVALID_JSON);
    }

    @Test
    void saysWhatTheEngineSaidOfRecordedBodies() {
        Map<Integer, String> bodies =
                Map.of(1, "{bad", 2, "", 5, "{} {}", 6, "{} trailing", 7, "[]", 9, "{\"Image\":5}");
        bodies.forEach((number, body) -> {
            Exchange exchange = Recording.numbered(253).exchange(number);
            assertThat(refusal(body)).isEqualTo(exchange.response().message());
        });
    }

    @Test
    void saysWhatGoSaysOfMalformedDocuments() {
        Map<String, String> complaints = Map.ofEntries(
                Map.entry("{", "unexpected EOF"),
                Map.entry("{\"a\"", "unexpected EOF"),
                Map.entry("{\"a\" 1}", "invalid character '1' after object key"),
                Map.entry("{\"a\":1 \"b\":2}", "invalid character '\"' after object key:value pair"),
                Map.entry("{\"a\":1,}", "invalid character '}' looking for beginning of object key string"),
                Map.entry("[1 2]", "invalid character '2' after array element"),
                Map.entry("[1,]", "invalid character ']' looking for beginning of value"),
                Map.entry("{'a':1}", "invalid character '\\'' looking for beginning of object key string"),
                Map.entry("nul!", "invalid character '!' in literal null (expecting 'l')"),
                Map.entry("\"a\nb\"", "invalid character '\\n' in string literal"),
                Map.entry("\"\\x\"", "invalid character 'x' in string escape code"),
                Map.entry("\"\\u12g4\"", "invalid character 'g' in \\u hexadecimal character escape"),
                Map.entry("-x", "invalid character 'x' in numeric literal"),
                Map.entry("[1.x]", "invalid character 'x' after decimal point in numeric literal"),
                Map.entry("[1ex]", "invalid character 'x' in exponent of numeric literal"),
                Map.entry("[01]", "invalid character '1' after array element"));
        complaints.forEach((json, complaint) -> assertThat(refusal(json)).isEqualTo("invalid JSON: " + complaint));
    }

    @Test
    void namesTheFieldOfAWrongTypeAtAnyDepth() {
        assertThat(refusal("{\"HostConfig\":{\"RestartPolicy\":{\"Name\":true}}}"))
                .endsWith("cannot unmarshal bool into Go struct field .HostConfig.RestartPolicy.Name of type string");
        assertThat(refusal("{\"HostConfig\":[]}"))
                .endsWith("cannot unmarshal array into Go struct field .HostConfig of type container.HostConfig");
        assertThat(refusal("{\"Labels\":{\"a\":1}}"))
                .endsWith("cannot unmarshal number into Go struct field .Labels.a of type string");
    }

    @Test
    void givesListsThatCannotBeChanged() {
        List<String> cmd = Objects.requireNonNull(config("{\"Cmd\":[\"a\"]}").cmd());
        assertThatThrownBy(() -> cmd.add("b")).isInstanceOf(UnsupportedOperationException.class);
    }

    private static ContainerConfig config(String json) {
        return DockerJson.read(json, ContainerConfig.class);
    }

    private static ContainerCreateBody body(String json) {
        return DockerJson.read(json, ContainerCreateBody.class);
    }

    private static String refusal(String json) {
        GantryException refused =
                catchThrowableOfType(GantryException.class, () -> DockerJson.read(json, ContainerCreateBody.class));
        assertThat(refused).as(json).isNotNull();
        assertThat(refused.code().httpStatus()).isEqualTo(400);
        return String.valueOf(refused.getMessage());
    }
}
