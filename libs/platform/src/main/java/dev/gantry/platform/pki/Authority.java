package dev.gantry.platform.pki;

import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.os.PrivateFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority: its certificate and its key (RFC 5280; EC P-256, signatures ECDSA with SHA-256). */
public final class Authority {
    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
    private static final Duration CERTIFICATE_VALIDITY = Duration.ofDays(825);
    /** Clocks of a cluster differ, and one that was set as if local time were UTC jumps back by half a day. */
    private static final Duration BACKDATED = Duration.ofDays(1);

    private static final int SERIAL_BITS = 127;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final Clock clock;

    private Authority(X509Certificate certificate, PrivateKey key, Clock clock) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Reads the authority kept in the directory, or makes it there. Its key never leaves the directory. */
    static Authority in(Path directory, String commonName, OsUser owner, Clock clock)
            throws IOException, GeneralSecurityException {
        PrivateFiles.directory(directory, owner);
        var certificateFile = directory.resolve("ca.pem");
        var keyFile = directory.resolve("key.pk8");
        // the certificate is written last: where it is, the key is
        if (!Files.exists(certificateFile)) {
            var made = create(commonName, clock);
            PrivateFiles.write(keyFile, made.key.getEncoded(), owner);
            PrivateFiles.write(certificateFile, Pem.certificate(made.certificate), owner);
        }
        return new Authority(Pem.certificates(certificateFile).getFirst(), Pem.privateKey(keyFile), clock);
    }

    private static Authority create(String commonName, Clock clock) throws GeneralSecurityException, CertIOException {
        var keys = Keys.pair();
        var name = name(commonName);
        var builder = builder(name, name, keys.getPublic(), AUTHORITY_VALIDITY, clock)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
        return new Authority(signed(builder, keys.getPrivate()), keys.getPrivate(), clock);
    }

    /** A certificate for both sides of a connection, server and client. */
    X509Certificate issue(Subject subject, KeyPair keys) throws GeneralSecurityException, CertIOException {
        var builder = leaf(subject.commonName(), keys, KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth)
                .addExtension(Extension.subjectAlternativeName, false, alternativeNames(subject));
        return signed(builder, key);
    }

    /** A certificate that no server can show: for clients alone, and of no host. */
    X509Certificate issueClient(String commonName, KeyPair keys) throws GeneralSecurityException, CertIOException {
        return signed(leaf(commonName, keys, KeyPurposeId.id_kp_clientAuth), key);
    }

    private X509v3CertificateBuilder leaf(String commonName, KeyPair keys, KeyPurposeId... usages)
            throws GeneralSecurityException, CertIOException {
        var extensions = new JcaX509ExtensionUtils();
        return builder(
                        X500Name.getInstance(
                                certificate.getSubjectX500Principal().getEncoded()),
                        name(commonName),
                        keys.getPublic(),
                        CERTIFICATE_VALIDITY,
                        clock)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(usages))
                .addExtension(
                        Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate));
    }

    /** Encoded from the general to the particular, so that RFC 2253, Kafka and PostgreSQL read {@code CN=x,O=gantry}. */
    private static X500Name name(String commonName) {
        return new X500Name("O=gantry,CN=" + commonName);
    }

    private static GeneralNames alternativeNames(Subject subject) {
        return new GeneralNames(AlternativeName.of(subject).stream()
                .map(name -> new GeneralName(name.type(), name.value()))
                .toArray(GeneralName[]::new));
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Duration validity, Clock clock) {
        var now = clock.instant();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(validity)),
                subject,
                key);
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign a certificate", e);
        }
    }
}
