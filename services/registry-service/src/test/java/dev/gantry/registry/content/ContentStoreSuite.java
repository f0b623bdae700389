package dev.gantry.registry.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.oci.digest.Algorithm;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.digest.DigestMismatchException;
import dev.gantry.oci.digest.Digester;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ContentStore} promises. A driver's test extends this; its teardown finds what a driver leaves behind. */
abstract class ContentStoreSuite {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.of(HELLO);

    @SuppressWarnings("NullAway.Init") // set before each test
    private ContentStore store;

    /** A second one over the same bytes is what a restarted process has. */
    abstract ContentStore open() throws IOException;

    /** Files that belong to neither content nor ingests. */
    abstract List<String> strangers() throws IOException;

    @BeforeEach
    void begin() throws IOException {
        store = open();
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        for (ContentStore.Unfinished ingest : store.unfinished()) {
            store.abort(ingest.id());
        }
        for (ContentStore.Stored stored : store.all()) {
            store.delete(stored.digest());
        }
        assertThat(store.unfinished()).isEmpty();
        assertThat(store.all()).isEmpty();
        assertThat(strangers()).isEmpty();
    }

    private void put(byte[] bytes) throws IOException {
        try (Ingest ingest = store.begin(UUID.randomUUID())) {
            ingest.write(bytes, 0, bytes.length);
            ingest.commit(Digest.of(bytes));
        }
    }

    private Optional<byte[]> get(Digest digest) throws IOException {
        Optional<SeekableByteChannel> channel = store.open(digest);
        if (channel.isEmpty()) {
            return Optional.empty();
        }
        try (SeekableByteChannel bytes = channel.get()) {
            ByteBuffer buffer = ByteBuffer.allocate((int) bytes.size());
            while (buffer.hasRemaining() && bytes.read(buffer) >= 0) {
                // until all is there
            }
            return Optional.of(buffer.array());
        }
    }

    @Test
    void givesBackWhatItWasGiven() throws IOException {
        put(HELLO);
        assertThat(get(DIGEST)).contains(HELLO);
        assertThat(store.all()).containsExactly(new ContentStore.Stored(DIGEST, HELLO.length));
        assertThat(store.unfinished()).isEmpty();
    }

    @Test
    void keepsEmptyContent() throws IOException {
        put(new byte[0]);
        assertThat(get(Digest.of(new byte[0]))).contains(new byte[0]);
    }

    @Test
    void keepsContentUnderSha512Too() throws IOException {
        Digester digester = Digester.of(Algorithm.SHA512);
        digester.update(HELLO, 0, HELLO.length);
        Digest digest = digester.digest();
        try (Ingest ingest = store.begin(UUID.randomUUID())) {
            ingest.write(HELLO, 0, HELLO.length);
            ingest.commit(digest);
        }
        assertThat(get(digest)).contains(HELLO);
    }

    @Test
    void showsNothingBeforeTheCommit() throws IOException {
        UUID id = UUID.randomUUID();
        try (Ingest ingest = store.begin(id)) {
            ingest.write(HELLO, 0, HELLO.length);
            assertThat(store.open(DIGEST)).isEmpty();
            assertThat(store.all()).isEmpty();
            assertThat(store.unfinished())
                    .extracting(ContentStore.Unfinished::id)
                    .containsExactly(id);
        }
    }

    @Test
    void refusesBytesThatAreNotWhatTheyWereSaidToBe() throws IOException {
        try (Ingest ingest = store.begin(UUID.randomUUID())) {
            ingest.write(HELLO, 0, 4);
            assertThatThrownBy(() -> ingest.commit(DIGEST)).isInstanceOf(DigestMismatchException.class);
        }
        assertThat(store.all()).isEmpty();
        assertThat(store.unfinished()).isEmpty();
    }

    @Test
    void storesTheSameContentOnce() throws IOException {
        put(HELLO);
        put(HELLO);
        assertThat(store.all()).hasSize(1);
        assertThat(get(DIGEST)).contains(HELLO);
    }

    @Test
    void resumesWhereAnotherProcessLeftOff() throws IOException {
        UUID id = UUID.randomUUID();
        try (Ingest ingest = store.begin(id)) {
            ingest.write(HELLO, 0, 2);
        }
        store = open();
        try (Ingest again = store.resume(id).orElseThrow()) {
            assertThat(again.size()).isEqualTo(2);
            again.write(HELLO, 2, 3);
            again.commit(DIGEST);
        }
        assertThat(get(DIGEST)).contains(HELLO);
    }

    @Test
    void resumesNothingThatIsNotThere() throws IOException {
        assertThat(store.resume(UUID.randomUUID())).isEmpty();
        UUID id = UUID.randomUUID();
        try (Ingest ingest = store.begin(id)) {
            ingest.abort();
        }
        assertThat(store.resume(id)).isEmpty();
        store.abort(id);
    }

    @Test
    void deletesAndForgives() throws IOException {
        put(HELLO);
        store.delete(DIGEST);
        store.delete(DIGEST);
        assertThat(store.open(DIGEST)).isEmpty();
    }

    @Test
    void anOpenReaderOutlivesTheDeletion() throws IOException {
        put(HELLO);
        try (SeekableByteChannel bytes = store.open(DIGEST).orElseThrow()) {
            store.delete(DIGEST);
            ByteBuffer buffer = ByteBuffer.allocate(HELLO.length);
            assertThat(bytes.read(buffer)).isEqualTo(HELLO.length);
            assertThat(buffer.array()).isEqualTo(HELLO);
        }
    }

    @Test
    void manyWritersOfOneDigestAgree() throws IOException, InterruptedException, ExecutionException {
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            writers.add(() -> {
                put(HELLO);
                return true;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : threads.invokeAll(writers)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(store.all()).hasSize(1);
    }
}
