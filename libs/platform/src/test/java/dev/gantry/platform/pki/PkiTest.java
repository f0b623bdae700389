package dev.gantry.platform.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.platform.os.OsUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkiTest {
    private static final Subject SCHEDULER = Subject.service("scheduler", "host-a");
    private static final OsUser SELF = OsUser.current();

    @TempDir
    Path directory;

    private Pki pki;

    @BeforeEach
    void create() throws IOException {
        pki = Pki.in(directory, Clock.systemUTC());
    }

    @Test
    void issuesOnceAndThenLeavesTheFilesAlone() throws IOException {
        assertThat(pki.service(SCHEDULER, SELF)).isTrue();
        var first = content("cert.pem");

        assertThat(Pki.in(directory, Clock.systemUTC()).service(SCHEDULER, SELF))
                .isFalse();
        assertThat(content("cert.pem")).isEqualTo(first);
    }

    @Test
    void everyFileIsItsOwnersAlone() throws IOException {
        pki.service(SCHEDULER, SELF);

        try (var files = Files.list(directory.resolve("scheduler"))) {
            assertThat(files.toList())
                    .hasSize(5)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void issuesAgainWhenTheHostNameChanges() throws IOException {
        pki.service(SCHEDULER, SELF);

        assertThat(pki.service(Subject.service("scheduler", "host-b"), SELF)).isTrue();
    }

    @Test
    void issuesAgainBeforeItExpires() throws IOException {
        pki.service(SCHEDULER, SELF);
        var later = Clock.offset(Clock.systemUTC(), Duration.ofDays(825 - 89));

        assertThat(Pki.in(directory, later).service(SCHEDULER, SELF)).isTrue();
    }

    @Test
    void repairsFilesOfTwoGenerationsThatACrashHasLeft() throws IOException {
        pki.service(SCHEDULER, SELF);
        var old = Files.readAllBytes(file("key.pk8"));
        pki.service(Subject.service("scheduler", "host-b"), SELF);
        Files.write(file("key.pk8"), old);

        assertThat(pki.service(Subject.service("scheduler", "host-b"), SELF)).isTrue();
    }

    @Test
    void repairsAnEmptyOrUnreadableFile() throws IOException {
        for (var name : List.of("ca.pem", "cert.pem", "key.pem", "key.pk8", "keystore.pem")) {
            pki.service(SCHEDULER, SELF);
            Files.write(file(name), new byte[0]);

            assertThat(pki.service(SCHEDULER, SELF)).as(name).isTrue();
        }
    }

    @Test
    void closesAKeyThatOthersCanRead() throws IOException {
        pki.service(SCHEDULER, SELF);
        Files.setPosixFilePermissions(file("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(pki.service(SCHEDULER, SELF)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("key.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void anAgentsCertificateNamesItsNode() throws Exception {
        pki.service(Subject.agent("node-7", "host-a"), SELF);

        var certificate = Pem.certificates(directory.resolve("agent/cert.pem")).getFirst();
        assertThat(AlternativeName.of(certificate))
                .isEqualTo(Set.of(
                        new AlternativeName(2, "localhost"),
                        new AlternativeName(2, "host-a"),
                        new AlternativeName(7, "127.0.0.1"),
                        new AlternativeName(6, "gantry://node/node-7")));
        certificate.checkValidity(java.util.Date.from(Instant.now()));
    }

    @Test
    void aUsersCertificateIsNotOfTheInternalAuthority() throws IOException, GeneralSecurityException {
        pki.user("alice", directory.resolve("alice"), SELF);

        var certificate = Pem.certificates(directory.resolve("alice/cert.pem")).getFirst();
        var internal = Pem.certificates(directory.resolve("ca/ca.pem")).getFirst();
        assertThatThrownBy(() -> certificate.verify(internal.getPublicKey())).isInstanceOf(SignatureException.class);
    }

    @Test
    void aClientsCertificateServesNoServer() throws Exception {
        var home = directory.resolve("reader");
        pki.client("integrator", home, SELF);

        var certificate = Pem.certificates(home.resolve("cert.pem")).getFirst();
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getSubjectAlternativeNames()).isNull();
        assertThatThrownBy(() -> pki.client("integrator", home, SELF)).hasMessageContaining("is not empty");
    }

    private Path file(String name) {
        return directory.resolve("scheduler").resolve(name);
    }

    private String content(String name) throws IOException {
        return Files.readString(file(name));
    }
}
