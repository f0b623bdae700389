package dev.gantry.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InnerPathTest {
    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, /etc/passwd, passwd",
        "etc//./passwd, /etc/passwd, passwd",
        "/../../etc, /etc, etc",
        "/a/../../b/, /b, b",
        "/tmp/., /tmp, .",
        "/, /, /",
        "/.., /, /"
    })
    void isCleanedAndNamedAsDockerDoes(String text, String path, String name) {
        var parsed = InnerPath.parse(text);
        assertThat(parsed).hasToString(path);
        assertThat(parsed.name()).isEqualTo(name);
    }

    @Test
    void asksForADirectoryByItsEnd() {
        assertThat(InnerPath.parse("/a/").directory()).isTrue();
        assertThat(InnerPath.parse("/a/.").directory()).isTrue();
        assertThat(InnerPath.parse("/a").directory()).isFalse();
    }

    @Test
    void linksNeverLeadAboveTheRoot() {
        assertThat(InnerPath.parse("/a/l").linked("../../../x")).hasToString("/x");
        assertThat(InnerPath.parse("/a/l").linked("b")).hasToString("/a/b");
        assertThat(InnerPath.parse("/a/l").linked("/b")).hasToString("/b");
    }

    @Test
    void belowAMountIsWhatFollowsIt() {
        assertThat(InnerPath.parse("/data/x").below(InnerPath.parse("/data")))
                .hasValueSatisfying(rest -> assertThat(rest).hasToString("/x"));
        assertThat(InnerPath.parse("/database").below(InnerPath.parse("/data"))).isEmpty();
        assertThat(InnerPath.parse("/x").under("../../etc")).hasToString("/etc/x");
    }

    @Test
    void refusesWhatNoPathMayBe() {
        assertThatThrownBy(() -> InnerPath.parse("/a" + (char) 0 + "b")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> InnerPath.parse("/a".repeat(3000))).hasMessageContaining("4095");
    }
}
