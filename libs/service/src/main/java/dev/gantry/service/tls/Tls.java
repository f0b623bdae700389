package dev.gantry.service.tls;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Mutual TLS 1.3 with the internal CA, for gRPC (Netty) and for HTTP (the JDK). */
public final class Tls {
    private static final String PROTOCOL = "TLSv1.3";

    private Tls() {}

    public static SslContext grpcServer(KeyFiles files) {
        return build(() -> GrpcSslContexts.configure(
                        SslContextBuilder.forServer(files.identity()).protocols(PROTOCOL), SslProvider.JDK)
                .trustManager(files.trustFactory(Optional.empty()))
                .clientAuth(ClientAuth.REQUIRE)
                .build());
    }

    /** @param peer whom the server's certificate must name */
    public static SslContext grpcClient(KeyFiles files, PeerIdentity peer) {
        return build(
                () -> GrpcSslContexts.configure(SslContextBuilder.forClient().protocols(PROTOCOL), SslProvider.JDK)
                        .keyManager(files.identity())
                        .trustManager(files.trustFactory(Optional.of(peer)))
                        .build());
    }

    /** @param peer whom the other side's certificate must name; empty: any certificate of the internal CA, as a server wants it */
    public static SSLContext context(KeyFiles files, Optional<PeerIdentity> peer) {
        return build(() -> {
            var context = SSLContext.getInstance(PROTOCOL);
            context.init(files.identity().getKeyManagers(), new TrustManager[] {files.trust(peer)}, null);
            return context;
        });
    }

    private interface Building<T> {
        T build() throws GeneralSecurityException, IOException;
    }

    private static <T> T build(Building<T> building) {
        try {
            return building.build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot set up TLS: " + e.getMessage(), e);
        }
    }
}
