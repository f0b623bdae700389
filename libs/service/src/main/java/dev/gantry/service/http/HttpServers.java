package dev.gantry.service.http;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.rpc.Addresses;
import dev.gantry.service.tls.PeerIdentity;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jboss.logging.Logger;

/** Starts one HTTPS server for each service in this process that offers some; a server that cannot listen fails the start. */
@ApplicationScoped
public class HttpServers {
    private static final Logger LOG = Logger.getLogger(HttpServers.class);
    private static final int CHUNK_BYTES = 256 << 10;
    private static final int IDLE_SECONDS = 120;
    private static final int LISTEN_SECONDS = 10;
    private static final int AFTER_THE_SERVICES = 5_000;

    private final Vertx vertx;
    private final Addresses addresses;
    private final List<HttpService> services;
    private final List<HttpServer> running = new ArrayList<>();

    HttpServers(Vertx vertx, Addresses addresses, @Any Instance<HttpService> services) {
        this.vertx = vertx;
        this.addresses = addresses;
        this.services = services.stream().toList();
    }

    void start(@Observes @Priority(AFTER_THE_SERVICES) StartupEvent event) throws Exception {
        for (var service : services) {
            running.add(start(service));
        }
    }

    private HttpServer start(HttpService service) throws Exception {
        var router = Router.router(vertx);
        router.route().handler(context -> admit(context, service.callers()));
        service.routes().accept(router);
        var port = addresses.listen(service.port());
        var server = vertx.createHttpServer(options(service))
                .requestHandler(router)
                .listen(port, addresses.listen())
                .toCompletionStage()
                .toCompletableFuture()
                .get(LISTEN_SECONDS, TimeUnit.SECONDS);
        LOG.infof("%s serves bytes on %d", service.role(), port);
        return server;
    }

    private HttpServerOptions options(HttpService service) {
        var tls = addresses.tls(service.role());
        return new HttpServerOptions()
                .setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(tls.resolve("cert.pem").toString())
                        .addKeyPath(tls.resolve("key.pem").toString()))
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(tls.resolve("ca.pem").toString()))
                .setUseAlpn(false)
                .setMaxChunkSize(CHUNK_BYTES)
                .setIdleTimeout(IDLE_SECONDS);
    }

    private static void admit(RoutingContext context, Set<Role> callers) {
        if (allowed(context, callers)) {
            context.next();
        } else {
            context.response().setStatusCode(403).end("this certificate's role may not call here\n");
        }
    }

    private static boolean allowed(RoutingContext context, Set<Role> callers) {
        try {
            var certificate = context.request().connection().sslSession().getPeerCertificates()[0];
            return callers.contains(
                    PeerIdentity.of((X509Certificate) certificate).role());
        } catch (SSLPeerUnverifiedException | CertificateException e) {
            return false;
        }
    }

    void stop(@Observes ShutdownEvent event) {
        running.forEach(HttpServer::close);
    }
}
