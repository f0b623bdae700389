package dev.gantry.platform.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessIdTest {
    @Test
    void knowsItsOwnProcessAgainFromText() {
        var self = ProcessId.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(ProcessId.parse(self.toString())).contains(self);
        assertThat(self.alive()).isTrue();
    }

    @Test
    void aReusedNumberIsAnotherProcess() {
        var self = ProcessId.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(new ProcessId(self.pid(), self.startTicks() - 1).alive()).isFalse();
    }

    @Test
    void nonsenseIsNoProcess() {
        assertThat(ProcessId.parse("")).isEmpty();
        assertThat(ProcessId.parse("12")).isEmpty();
        assertThat(ProcessId.parse("a b")).isEmpty();
        assertThat(ProcessId.of(1L << 40)).isEmpty();
    }

    @Test
    void aSignalEndsTheProcess() throws IOException {
        var process = new ProcessBuilder("sleep", "60").start();
        var id = ProcessId.of(process.pid()).orElseThrow();

        id.send(Signal.TERM);

        assertThat(Deadline.in(Duration.ofSeconds(5)).await(() -> !id.alive())).isTrue();
    }
}
