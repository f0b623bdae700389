package dev.gantry.contracts.docker.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignalTest {
    @Test
    void readsNamesAndNumbers() {
        assertThat(Signal.number("KILL")).isEqualTo(9);
        assertThat(Signal.number("sigterm")).isEqualTo(15);
        assertThat(Signal.number("15")).isEqualTo(15);
        assertThat(Signal.number("RTMIN+3")).isEqualTo(37);
        assertThat(Signal.number("SIGRTMAX-1")).isEqualTo(63);
    }

    @Test
    void refusesOthers() {
        assertThat(List.of("BOGUS", "", "0", "-9", "65", "999999999999", "RTMIN+40", "SIG"))
                .allSatisfy(
                        text -> assertThatThrownBy(() -> Signal.number(text)).hasMessage("invalid signal: " + text));
    }
}
