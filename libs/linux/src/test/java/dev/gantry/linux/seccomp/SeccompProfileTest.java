package dev.gantry.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.linux.capability.CapabilitySet;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeccompProfileTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []                                                            | profile is not an object
                    {}                                                            | defaultAction is missing
                    {"defaultAction":7}                                           | defaultAction is not a string
                    {"defaultAction":"ALLOW"}                                     | unknown action "ALLOW"
                    {"defaultAction":"SCMP_ACT_NOTIFY"}                           | SCMP_ACT_NOTIFY is not supported
                    {"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":5000}     | errnoRet 5000 is not between
                    {"defaultAction":"SCMP_ACT_ALLOW","syscalls":{}}              | syscalls is not a list
                    {"defaultAction":"SCMP_ACT_ALLOW","syscalls":[1]}             | syscalls entry is not an object
                    {"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"name":"a","names":["b"],"action":"SCMP_ACT_LOG"}]} | use either 'name' or 'names'
                    {"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["b"],"action":"SCMP_ACT_LOG","args":[{"index":6,"op":"SCMP_CMP_EQ"}]}]} | argument index 6
                    {"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["b"],"action":"SCMP_ACT_LOG","args":[{"index":1,"op":"EQ"}]}]} | unknown operator "EQ"
                    {"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["b"],"action":"SCMP_ACT_LOG","args":[{"value":-1,"op":"SCMP_CMP_EQ"}]}]} | unsigned 64-bit
                    {"defaultAction":"SCMP_ACT_ALLOW","flags":["X"]}              | flag "X" is not supported
                    {"defaultAction":"SCMP_ACT_ALLOW"} x                          | invalid JSON
                    {"defaultAction":                                             | invalid JSON
                    """)
    void aBadProfileIsRefusedWithItsFault(String json, String fault) {
        assertThatThrownBy(() -> SeccompProfile.parse(json))
                .isInstanceOf(SeccompException.class)
                .hasMessageStartingWith("Decoding seccomp profile failed: ")
                .hasMessageContaining(fault);
    }

    @Test
    void namesOfOtherArchitecturesAndOfTomorrowAreIgnored() {
        var profile = SeccompProfile.parse(
                "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"no_such_call\",\"breakpoint\"],"
                        + "\"action\":\"SCMP_ACT_KILL_PROCESS\"}]}");
        assertThat(SeccompCompiler.compile(profile, CapabilitySet.NONE, new KernelVersion(6, 1))
                        .instructions())
                .hasSizeLessThan(8);
    }

    @Test
    void damagedProfilesAreReadOrRefusedButNothingElse() throws Exception {
        var seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        try (var resource = Objects.requireNonNull(SeccompProfile.class.getResourceAsStream("docker-default.json"))) {
            var bytes = resource.readAllBytes();
            for (int round = 0; round < 300; round++) {
                var damaged = bytes.clone();
                for (int i = 0; i <= random.nextInt(8); i++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                parseOrRefuse(new String(damaged, StandardCharsets.UTF_8));
            }
        }
    }

    private static void parseOrRefuse(String json) {
        try {
            var profile = SeccompProfile.parse(json);
            SeccompCompiler.compile(profile, CapabilitySet.DOCKER_DEFAULT, new KernelVersion(6, 1));
        } catch (SeccompException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }
}
