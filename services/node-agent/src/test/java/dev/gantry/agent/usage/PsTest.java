package dev.gantry.agent.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PsTest {
    private static final String OUTPUT = """
            UID          PID    PPID  C STIME TTY          TIME CMD
            root           1       0  0 09:38 ?        00:00:02 /sbin/init
            root       17078   17052 18 09:39 ?        00:00:00 sleep 1000
            root       17079   17078  0 09:39 ?        00:00:00 [kworker/0:0]
            """;

    @Test
    void theContainersLinesAreKeptAndTheCommandIsOneField() {
        var table = PsOutput.of(OUTPUT, List.of(17078));
        assertThat(table.getTitlesList()).containsExactly("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD");
        assertThat(table.getProcessesList())
                .singleElement()
                .satisfies(process -> assertThat(process.getFieldsList())
                        .containsExactly("root", "17078", "17052", "18", "09:39", "?", "00:00:00", "sleep 1000"));
    }

    @Test
    void threadsFollowTheirProcess() {
        var table = PsOutput.of("PID LWP CMD\n7 - a\n- 7 -\n- 8 -\n9 - b\n- 9 -\n", List.of(7));
        assertThat(table.getProcessesList()).hasSize(3);
    }

    @Test
    void withoutPidsNobodyKnowsWhoseLinesTheyAre() {
        assertThatThrownBy(() -> PsOutput.of("CMD\nsleep\n", List.of(7)))
                .hasMessage("Couldn't find PID field in ps output");
        assertThatThrownBy(() -> PsOutput.of("", List.of())).hasMessage("Couldn't find PID field in ps output");
    }

    @Test
    void noOtherColumnMayCallItselfPid() {
        assertThatThrownBy(() -> PsArguments.of("-o cmd=PID")).hasMessage("specifying \"cmd=PID\" is not allowed");
        assertThat(PsArguments.of("-o pid=PID")).containsExactly("-o", "pid=PID");
        assertThat(PsArguments.of("")).containsExactly("-ef");
        assertThat(PsArguments.only(PsArguments.of("-o pid,comm"), List.of(1, 2)))
                .containsExactly("-o", "pid,comm", "-q1,2");
        assertThatThrownBy(() -> PsArguments.of("a\0b")).hasMessageContaining("NUL");
    }
}
