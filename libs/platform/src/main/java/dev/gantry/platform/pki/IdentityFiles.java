package dev.gantry.platform.pki;

import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.os.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * The files of one service, each 0600 and its user's: {@code ca.pem}, {@code cert.pem} (chain), {@code key.pem}, {@code
 * key.pk8} (DER, for pgjdbc) and {@code keystore.pem} (key and chain, for Kafka).
 *
 * <p>They are replaced one by one, so a crash may leave files of two generations; {@link #usable} notices, and they are
 * issued again.
 */
record IdentityFiles(Path directory, OsUser owner) {
    private static final List<String> NAMES = List.of("ca.pem", "cert.pem", "key.pem", "key.pk8", "keystore.pem");

    void write(X509Certificate authority, X509Certificate certificate, KeyPair keys)
            throws IOException, GeneralSecurityException {
        var chain = Pem.certificate(certificate) + Pem.certificate(authority);
        var key = Pem.privateKey(keys.getPrivate());
        PrivateFiles.directory(directory, owner);
        write("ca.pem", Pem.certificate(authority));
        write("key.pem", key);
        PrivateFiles.write(directory.resolve("key.pk8"), keys.getPrivate().getEncoded(), owner);
        write("cert.pem", chain);
        write("keystore.pem", key + chain);
    }

    private void write(String name, String content) throws IOException {
        PrivateFiles.write(directory.resolve(name), content, owner);
    }

    /** Whether all files are there, private, of one generation, signed by the authority, and name the subject beyond the given time. */
    boolean usable(X509Certificate authority, Subject subject, Instant until) throws IOException {
        for (var name : NAMES) {
            if (!PrivateFiles.isPrivate(directory.resolve(name), owner)) {
                return false;
            }
        }
        try {
            return consistent() && names(authority, subject, until);
        } catch (GeneralSecurityException e) {
            return false; // unreadable or signed by another authority: both are cured by issuing again
        }
    }

    private boolean consistent() throws IOException, GeneralSecurityException {
        var certificate = certificate();
        var key = Pem.privateKey(directory.resolve("key.pk8"));
        var pem = Pem.privateKey(key);
        return Keys.match(key, certificate.getPublicKey())
                && Files.readString(directory.resolve("key.pem")).equals(pem)
                && Files.readString(directory.resolve("keystore.pem"))
                        .equals(pem + Files.readString(directory.resolve("cert.pem")));
    }

    private boolean names(X509Certificate authority, Subject subject, Instant until)
            throws IOException, GeneralSecurityException {
        var certificate = certificate();
        certificate.verify(authority.getPublicKey());
        return Pem.certificates(directory.resolve("ca.pem")).getFirst().equals(authority)
                && certificate.getNotAfter().toInstant().isAfter(until)
                && certificate.getSubjectX500Principal().getName().equals("CN=" + subject.commonName() + ",O=gantry")
                && AlternativeName.of(certificate).equals(AlternativeName.of(subject));
    }

    X509Certificate certificate() throws IOException, GeneralSecurityException {
        return Pem.certificates(directory.resolve("cert.pem")).getFirst();
    }
}
