package dev.gantry.contracts.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.recording.Recording;
import org.junit.jupiter.api.Test;

class ApiVersionTest {
    @Test
    void comparesNumbersNotTexts() {
        assertThat(ApiVersion.parse("1.9")).isLessThan(ApiVersion.MINIMUM);
        assertThat(ApiVersion.parse("1.44").atLeast(44)).isTrue();
        assertThat(ApiVersion.parse("1.44").before(45)).isTrue();
        assertThat(ApiVersion.parse("2.0").atLeast(51)).isTrue();
        assertThat(ApiVersion.requested("1.24")).isEqualTo(ApiVersion.MINIMUM).hasToString("1.24");
    }

    @Test
    void refusesVersionsAsTheEngineDid() {
        Recording recording = Recording.numbered(251);
        assertThat(recording.exchanges().stream()
                        .filter(exchange -> exchange.status() == 400)
                        .toList())
                .hasSizeGreaterThan(5)
                .allSatisfy(ApiVersionTest::refusesAsRecorded);
    }

    private static void refusesAsRecorded(Exchange exchange) {
        assertThatThrownBy(() -> ApiVersion.requested(exchange.version()))
                .hasMessage(exchange.response().message());
    }

    @Test
    void refusesWhatIsNoVersion() {
        assertThatThrownBy(() -> ApiVersion.requested("1.x")).hasMessage("invalid API version: 1.x");
        assertThatThrownBy(() -> ApiVersion.requested("99999999999.1")).hasMessageContaining("invalid API version");
    }
}
