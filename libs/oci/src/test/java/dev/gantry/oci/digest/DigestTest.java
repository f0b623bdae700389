package dev.gantry.oci.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final String HELLO_256 = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final String HELLO_512 = "sha512:9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca7"
            + "2323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043";

    @Test
    void namesBytesByBothAlgorithms() {
        assertThat(Digest.of(HELLO)).hasToString(HELLO_256);
        Digester sha512 = Digester.of(Algorithm.SHA512);
        sha512.update(HELLO, 0, HELLO.length);
        assertThat(sha512.digest()).hasToString(HELLO_512);
        assertThat(sha512.size()).isEqualTo(5);
    }

    @Test
    void readsWhatItWrites() {
        assertThat(Digest.parse(HELLO_256)).hasToString(HELLO_256).isEqualTo(Digest.of(HELLO));
        assertThat(Digest.parse(HELLO_512)).hasToString(HELLO_512);
        assertThat(Digest.parse(HELLO_256).shortHex()).isEqualTo("2cf24dba5fb0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "sha256",
                "sha256:",
                "md5:d41d8cd98f00b204e9800998ecf8427e",
                "sha256:2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824",
                "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982",
                "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b98244",
                "sha256:../../etc/passwd0000000000000000000000000000000000000000000000000",
                "sha512:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
            })
    void refusesWhatIsNone(String text) {
        assertThat(Digest.isValid(text)).isFalse();
        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(InvalidDigestException.class);
    }

    @Test
    void verifiesAStream() throws IOException {
        new DigestInputStream(new ByteArrayInputStream(HELLO), Digester.sha256()).verify(Digest.parse(HELLO_256));
        assertThatThrownBy(() -> new DigestInputStream(new ByteArrayInputStream(new byte[1]), Digester.sha256())
                        .verify(Digest.parse(HELLO_256)))
                .isInstanceOf(DigestMismatchException.class)
                .hasMessageContaining("expected " + HELLO_256);
    }

    @Test
    void digestsWhatIsSkippedToo() throws IOException {
        Digester digester = Digester.sha256();
        try (DigestInputStream in = new DigestInputStream(new ByteArrayInputStream(HELLO), digester)) {
            long skipped = 0;
            for (long step = in.skip(9); step > 0; step = in.skip(9)) {
                skipped += step;
            }
            assertThat(skipped).isEqualTo(5);
        }
        assertThat(digester.digest()).hasToString(HELLO_256);
    }
}
