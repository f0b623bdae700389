package dev.gantry.registry.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.oci.digest.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemContentStoreTest extends ContentStoreSuite {
    @TempDir
    Path root;

    @Override
    ContentStore open() throws IOException {
        return new FilesystemContentStore(root);
    }

    @Override
    List<String> strangers() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    @Test
    void letsNobodyElseReadTheBytes() throws IOException {
        byte[] bytes = {1, 2, 3};
        ContentStore store = open();
        try (Ingest ingest = store.begin(UUID.randomUUID())) {
            ingest.write(bytes, 0, bytes.length);
            ingest.commit(Digest.of(bytes));
        }
        try (Stream<Path> files = Files.walk(root).filter(Files::isRegularFile)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    /** A write that was cut short by a kill or a full disk leaves bytes behind that the digest never saw. */
    @Test
    void countsOnlyWhatIsInTheFileAfterAKill() throws IOException {
        byte[] bytes = {1, 2, 3, 4, 5, 6};
        UUID id = UUID.randomUUID();
        try (Ingest ingest = open().begin(id)) {
            ingest.write(bytes, 0, 4);
        }
        Files.write(root.resolve("uploads").resolve(id.toString()), new byte[] {1, 2, 3});
        try (Ingest ingest = open().resume(id).orElseThrow()) {
            assertThat(ingest.size()).isEqualTo(3);
            ingest.write(bytes, 3, 3);
            ingest.commit(Digest.of(bytes));
        }
        assertThat(open().all()).hasSize(1);
    }
}
