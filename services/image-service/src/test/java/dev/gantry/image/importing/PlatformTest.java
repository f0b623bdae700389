package dev.gantry.image.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.image.importing.ImportRequest.Platform;
import org.junit.jupiter.api.Test;

class PlatformTest {
    @Test
    void readsWhatUsersWrite() {
        assertThat(Platform.parse("linux/arm64")).isEqualTo(new Platform("linux", "arm64", ""));
        assertThat(Platform.parse("linux/arm/v7")).isEqualTo(new Platform("linux", "arm", "v7"));
        assertThat(Platform.parse("linux/x86_64")).isEqualTo(new Platform("linux", "amd64", ""));
        assertThat(Platform.parse("arm64")).isEqualTo(new Platform("linux", "arm64", ""));
        assertThat(Platform.parse("linux")).isEqualTo(Platform.host());
    }

    @Test
    void refusesOthers() {
        assertThatThrownBy(() -> Platform.parse("linux/")).hasMessageContaining("cannot parse platform specifier");
        assertThatThrownBy(() -> Platform.parse("a/b/c/d")).hasMessageContaining("cannot parse platform specifier");
        assertThatThrownBy(() -> Platform.parse("windows/amd64")).hasMessageContaining("not supported: windows");
    }
}
