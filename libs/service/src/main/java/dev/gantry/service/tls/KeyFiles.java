package dev.gantry.service.tls;

import dev.gantry.contracts.rpc.Role;
import io.netty.handler.ssl.util.SimpleTrustManagerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * One service's own certificate, its key, and the internal CA, as the launcher (or a cluster's issuer) has put them: {@code
 * ca.pem}, {@code cert.pem}, {@code key.pk8}.
 */
public record KeyFiles(List<X509Certificate> chain, PrivateKey key, X509Certificate authority) {
    public KeyFiles {
        chain = List.copyOf(chain);
    }

    /** @throws UncheckedIOException naming the directory, if a file is missing or unreadable */
    public static KeyFiles in(Path directory) {
        try {
            return new KeyFiles(
                    certificates(directory.resolve("cert.pem")),
                    KeyFactory.getInstance("EC")
                            .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(directory.resolve("key.pk8")))),
                    certificates(directory.resolve("ca.pem")).getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the certificate in " + directory, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no usable certificate in " + directory, e);
        }
    }

    private static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    /** Trusts the internal CA alone and, where a peer is given, only its certificate. */
    X509ExtendedTrustManager trust(Optional<PeerIdentity> expected) throws GeneralSecurityException, IOException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store());
        return new PeerTrust((X509ExtendedTrustManager) factory.getTrustManagers()[0], expected);
    }

    TrustManagerFactory trustFactory(Optional<PeerIdentity> expected) throws GeneralSecurityException, IOException {
        return SimpleTrust.of(trust(expected));
    }

    KeyManagerFactory identity() throws GeneralSecurityException, IOException {
        var store = store();
        store.setKeyEntry("self", key, new char[0], chain.toArray(X509Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory;
    }

    private KeyStore store() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", authority);
        return store;
    }

    /** Netty takes factories only; this one hands out the trust manager it was given. */
    private static final class SimpleTrust extends SimpleTrustManagerFactory {
        private final X509ExtendedTrustManager trust;

        private SimpleTrust(X509ExtendedTrustManager trust) {
            this.trust = trust;
        }

        static TrustManagerFactory of(X509ExtendedTrustManager trust) {
            return new SimpleTrust(trust);
        }

        @Override
        protected void engineInit(KeyStore keyStore) {}

        @Override
        protected void engineInit(javax.net.ssl.ManagerFactoryParameters parameters) {}

        @Override
        protected javax.net.ssl.TrustManager[] engineGetTrustManagers() {
            return new javax.net.ssl.TrustManager[] {trust};
        }
    }

    /** The identity a client expects of a control-plane service. */
    public static Optional<PeerIdentity> service(Role role) {
        return Optional.of(new PeerIdentity(role, Optional.empty()));
    }
}
