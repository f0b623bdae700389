package dev.gantry.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.rpc.KillOrder;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.StartOrder;
import dev.gantry.linux.launch.ContainerState.MonitorDescriptors;
import dev.gantry.linux.launch.ContainerState.ProcessIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final String CONTAINER = "a".repeat(64);

    private static final LaunchedProcess LAUNCHED = new LaunchedProcess(
            1,
            1,
            new dev.gantry.linux.launch.ContainerState(
                    new ProcessIdentity(100, 5),
                    new ProcessIdentity(101, 6),
                    new MonitorDescriptors(3, 4, 5, 6, 7, 8, false),
                    "/x/exit"),
            "boot",
            77,
            true);

    @TempDir
    private Path directory;

    @Test
    void knowsEverythingAgainAfterARestart() {
        var journal = Journal.open(file());
        life().forEach(journal::append);
        assertThat(Journal.open(file()).state()).isEqualTo(journal.state());
        assertThat(journal.state().generation()).isEqualTo(2);
        assertThat(journal.state().outcome()).contains(done(2));
        assertThat(journal.state().running()).isFalse();
        assertThat(journal.state().unacknowledged())
                .extracting(Observation::getSequence)
                .containsExactly(2L);
    }

    @Test
    void holdsTheWholeEntriesBeforeACutAtAnyByte() throws IOException {
        var entries = life();
        var bytes = new ByteArrayOutputStream();
        var ends = new ArrayList<Integer>();
        for (var entry : entries) {
            bytes.writeBytes(EntryCodec.encode(entry).array());
            ends.add(bytes.size());
        }
        for (var cut = 0; cut <= bytes.size(); cut++) {
            Files.write(file(), Arrays.copyOf(bytes.toByteArray(), cut));
            var whole = wholeEntries(ends, cut);
            assertThat(Journal.open(file()).state()).as("cut at %d", cut).isEqualTo(fold(entries.subList(0, whole)));
        }
    }

    @Test
    void writesOverATornEnd() throws IOException {
        var journal = Journal.open(file());
        journal.append(new Entry.Accepted(start(1)));
        Files.write(file(), new byte[] {0, 0, 1, 0, 7, 7, 7}, StandardOpenOption.APPEND);
        Journal.open(file()).append(new Entry.Accepted(kill(2)));
        assertThat(Journal.open(file()).state().generation()).isEqualTo(2);
    }

    @Test
    void staysShortHoweverMuchIsWritten() throws IOException {
        var journal = Journal.open(file());
        life().forEach(journal::append);
        for (var i = 0; i < 10_000; i++) {
            journal.append(new Entry.Acknowledged(0));
            journal.append(new Entry.Accepted(start(3 + i)));
        }
        assertThat(Files.size(file())).isLessThan(300_000);
        assertThat(Journal.open(file()).state()).isEqualTo(journal.state());
    }

    @Test
    void numbersObservationsWithoutGapsAlsoWhenAllAreAcknowledged() {
        var journal = Journal.open(file());
        assertThat(journal.observe(started()).getSequence()).isEqualTo(1);
        journal.append(new Entry.Acknowledged(1));
        assertThat(Journal.open(file()).observe(started()).getSequence()).isEqualTo(2);
    }

    @Test
    void takesNoSequenceTwiceThoughTheHostLostTheEnd() throws IOException {
        var journal = Journal.open(file());
        journal.observe(started());
        var kept = Files.readAllBytes(file());
        for (var i = 0; i < 1_000; i++) {
            journal.observe(started());
        }
        Files.write(file(), kept);
        var after = Journal.open(file());
        after.append(new Entry.Rebooted());
        assertThat(after.observe(started()).getSequence())
                .isGreaterThan(journal.state().sequence());
        assertThat(Journal.open(file()).state()).isEqualTo(after.state());
    }

    @Test
    void aSnapshotIsItsState() {
        var state = fold(life());
        assertThat(ContainerState.EMPTY.after(reread(new Entry.Snapshot(state))))
                .isEqualTo(state);
        assertThat(ContainerState.EMPTY.after(reread(new Entry.Snapshot(ContainerState.EMPTY))))
                .isEqualTo(ContainerState.EMPTY);
    }

    private static Entry reread(Entry entry) {
        return EntryCodec.decode(EntryCodec.encode(entry).array()).entries().getFirst();
    }

    private static int wholeEntries(List<Integer> ends, int cut) {
        return (int) ends.stream().filter(end -> end <= cut).count();
    }

    private static ContainerState fold(List<Entry> entries) {
        var state = ContainerState.EMPTY;
        for (var entry : entries) {
            state = state.after(entry);
        }
        return state;
    }

    private static List<Entry> life() {
        return List.of(
                new Entry.Accepted(start(1)),
                new Entry.Launched(LAUNCHED),
                new Entry.Observed(started().setSequence(1).build()),
                new Entry.Answered(done(1)),
                new Entry.Acknowledged(1),
                new Entry.Accepted(kill(2)),
                new Entry.Observed(Observation.newBuilder()
                        .setContainer(CONTAINER)
                        .setRun(1)
                        .setSequence(2)
                        .setExited(Observation.Exited.newBuilder().setExitCode(137))
                        .build()),
                new Entry.Cleaned(),
                new Entry.Answered(done(2)));
    }

    private static Observation.Builder started() {
        return Observation.newBuilder()
                .setContainer(CONTAINER)
                .setRun(1)
                .setStarted(Observation.Started.newBuilder().setPid(101));
    }

    private static Outcome done(long generation) {
        return Outcome.newBuilder()
                .setGeneration(generation)
                .setDone(Outcome.Done.getDefaultInstance())
                .build();
    }

    private static Order start(long generation) {
        return Order.newBuilder()
                .setContainer(CONTAINER)
                .setGeneration(generation)
                .setStart(StartOrder.newBuilder().setName("c1").setConfig(ByteString.copyFromUtf8("{}")))
                .build();
    }

    private static Order kill(long generation) {
        return Order.newBuilder()
                .setContainer(CONTAINER)
                .setGeneration(generation)
                .setKill(KillOrder.newBuilder().setSignal(9))
                .build();
    }

    private Path file() {
        return directory.resolve("journal");
    }
}
