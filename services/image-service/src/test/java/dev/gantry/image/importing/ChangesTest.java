package dev.gantry.image.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.error.GantryException;
import dev.gantry.oci.image.ExecutionConfig;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest {
    private static ExecutionConfig apply(String... changes) {
        return Changes.apply(List.of(changes));
    }

    @Test
    void readsBothFormsOfACommand() {
        assertThat(apply("CMD sh").cmd()).containsExactly("/bin/sh", "-c", "sh");
        assertThat(apply("cmd [\"a\", \"b c\"]").cmd()).containsExactly("a", "b c");
        assertThat(apply("CMD []").cmd()).isEmpty();
        assertThat(apply("CMD [not json").cmd()).containsExactly("/bin/sh", "-c", "[not json");
        assertThat(apply("ENTRYPOINT [\"/x\"]").entrypoint()).containsExactly("/x");
        assertThat(apply().cmd()).isNull();
    }

    @Test
    void readsPairsInBothForms() {
        assertThat(apply("ENV A=1 B=\"two words\" C='$A'").env()).containsExactly("A=1", "B=two words", "C=$A");
        assertThat(apply("ENV A the rest of it").env()).containsExactly("A=the rest of it");
        assertThat(apply("ENV A=1", "ENV B=${A}2 A=3").env()).containsExactly("A=3", "B=12");
        assertThat(apply("LABEL a=1 \"b c\"=d").labels()).isEqualTo(Map.of("a", "1", "b c", "d"));
        assertThat(apply("LABEL a=a\\ b").labels()).isEqualTo(Map.of("a", "a b"));
    }

    @Test
    void readsPortsVolumesDirectoriesAndUsers() {
        ExecutionConfig config = apply(
                "EXPOSE 80 53/udp 8000-8001",
                "VOLUME /a /b",
                "VOLUME [\"/c d\"]",
                "WORKDIR /x",
                "WORKDIR ../y/./z",
                "USER 1000:1000",
                "STOPSIGNAL SIGINT",
                "ONBUILD RUN make");
        assertThat(config.exposedPorts()).containsOnlyKeys("80/tcp", "53/udp", "8000/tcp", "8001/tcp");
        assertThat(config.volumes()).containsOnlyKeys("/a", "/b", "/c d");
        assertThat(config.workingDir()).isEqualTo("/y/z");
        assertThat(config.user()).isEqualTo("1000:1000");
        assertThat(config.stopSignal()).isEqualTo("SIGINT");
        assertThat(config.onBuild()).containsExactly("RUN make");
    }

    @Test
    void readsHealthchecks() {
        var check = apply("HEALTHCHECK --interval=1m30s --timeout=1.5s --retries=3 CMD curl -f x")
                .healthcheck();
        assertThat(check).isNotNull();
        assertThat(check.test()).containsExactly("CMD-SHELL", "curl -f x");
        assertThat(check.interval()).isEqualTo(90_000_000_000L);
        assertThat(check.timeout()).isEqualTo(1_500_000_000L);
        assertThat(check.retries()).isEqualTo(3);
        var none = apply("HEALTHCHECK NONE").healthcheck();
        assertThat(none).isNotNull();
        assertThat(none.test()).containsExactly("NONE");
    }

    @Test
    void joinsContinuedLinesAndSkipsComments() {
        assertThat(apply("ENV A=1 \\\n  B=2", "# comment", "").env()).containsExactly("A=1", "B=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FROM x | FROM is not a valid change command",
                "RUN true | RUN is not a valid change command",
                "foo | FOO is not a valid change command",
                "ENV | ENV requires at least one argument",
                "ENV A | ENV must have two arguments",
                "ENV =x | ENV names can not be blank",
                "EXPOSE 99999 | invalid containerPort: 99999",
                "EXPOSE 80/icmp | invalid containerPort: 80/icmp",
                "USER a b | USER requires exactly one argument",
                "VOLUME [\"\"] | VOLUME specified can not be an empty string",
                "ONBUILD ONBUILD RUN x | Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed",
                "ONBUILD FROM x | FROM isn't allowed as an ONBUILD trigger",
                "HEALTHCHECK --bogus=1 CMD x | unknown flag: --bogus",
                "HEALTHCHECK CMD | missing command after HEALTHCHECK CMD",
                "HEALTHCHECK --interval=1x CMD x | time: invalid duration \"1x\"",
                "LABEL a=\"b | unexpected end of statement while looking for matching double-quote"
            })
    void refusesAndSaysWhy(String change, String message) {
        assertThatThrownBy(() -> apply(change))
                .isInstanceOf(GantryException.class)
                .hasMessage(message);
    }

    @Test
    void anythingIsReadOrRefused() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] words = {"CMD", "ENV", "LABEL", "EXPOSE", "HEALTHCHECK", "VOLUME", "WORKDIR", "ONBUILD", "USER"};
        String alphabet = "a1 =\"'\\${}[]/-,.:\n#\0é";
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder(words[random.nextInt(words.length)]).append(' ');
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(apply(text.toString())).as("seed %d", seed).isNotNull();
            } catch (GantryException refused) {
                assertThat(refused.code().httpStatus())
                        .as("seed %d, %s", seed, text)
                        .isEqualTo(400);
            }
        }
    }
}
