package dev.gantry.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error response from daemon: node host-1 is away",
                "Error response from daemon: No such container: nullable"
            })
    void acceptsASentence(String message) {
        assertThat(Refusal.complaint(message, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Error response from daemon: null",
                "Error response from daemon: java.net.ConnectException",
                "Error response from daemon: UNAVAILABLE: io exception",
                "Error response from daemon: request returned Internal Server Error, HTTP code: 500"
            })
    void complainsOfSilenceAndOfInsides(String message) {
        assertThat(Refusal.complaint(message, true)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"error during connect: Get http://x: EOF", "unexpected EOF"})
    void acceptsABrokenConnectionOnlyWhenItsEndWasKilled(String message) {
        assertThat(Refusal.complaint(message, true)).isEmpty();
        assertThat(Refusal.complaint(message, false)).isPresent();
    }
}
