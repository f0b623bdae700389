package dev.gantry.registry.distribution;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.http.HttpService;
import dev.gantry.service.http.RequestBody;
import dev.gantry.service.instance.Port;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jboss.logging.Logger;

/** Finds who answers a request and turns what is thrown into the specification's errors. */
@Singleton
class DistributionRoutes {
    private static final Logger LOG = Logger.getLogger(DistributionRoutes.class);

    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);

    private final BlobEndpoint blobs;
    private final UploadEndpoint uploads;

    DistributionRoutes(BlobEndpoint blobs, UploadEndpoint uploads) {
        this.blobs = blobs;
        this.uploads = uploads;
    }

    @Produces
    @Singleton
    static HttpService registryHttp(DistributionRoutes routes) {
        return new HttpService(
                Role.REGISTRY, Port.REGISTRY_HTTP, Set.of(Role.IMAGE, Role.AGENT, Role.GATEWAY), routes::install);
    }

    private void install(Router router) {
        router.route().handler(context -> {
            // the body must be taken hold of on the event loop; the work itself blocks
            InputStream body = RequestBody.stream(context.request());
            Thread.ofVirtual().name("registry-http").start(() -> answer(context, body));
        });
    }

    private void answer(RoutingContext context, InputStream body) {
        HttpServerResponse response = context.response();
        response.putHeader("Docker-Distribution-Api-Version", "registry/2.0");
        try {
            route(new Exchange(context.request(), response, body));
        } catch (Refusal refusal) {
            refuse(context, refusal, body);
        } catch (IOException e) {
            refuse(context, failure(e), body);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "%s %s failed",
                    context.request().method(),
                    context.request().path());
            refuse(context, DistributionError.UNKNOWN.because("internal error"), body);
        }
    }

    private static Refusal failure(IOException e) {
        String message = String.valueOf(e.getMessage());
        LOG.infof("request failed: %s", message);
        return message.toLowerCase(Locale.ROOT).contains("no space left")
                ? DistributionError.NO_SPACE.because("no space left on device")
                : DistributionError.UNKNOWN.because(message);
    }

    private void route(Exchange exchange) throws IOException {
        switch (Target.parse(exchange.request().path())) {
            case Target.Base _ -> exchange.answer(200).end();
            case Target.Blob blob -> blobs.answer(exchange, blob);
            case Target.Uploads all -> uploads.answer(exchange, all);
            case Target.Upload one -> uploads.answer(exchange, one);
            case Target.Manifest manifest ->
                throw DistributionError.MANIFEST_UNKNOWN.because("manifests are not kept here yet: " + manifest.name());
            case Target.Tags tags -> throw DistributionError.NAME_UNKNOWN.because("no such repository: " + tags.name());
        }
    }

    /** After the head has gone, breaking the connection is the only way to say that something is wrong. */
    private static void refuse(RoutingContext context, Refusal refusal, InputStream body) {
        HttpServerResponse response = context.response();
        if (response.headWritten()) {
            context.request().connection().close();
            return;
        }
        response.setStatusCode(refusal.error().status())
                .putHeader("Content-Type", "application/json")
                .end(context.request().method().name().equals("HEAD") ? "" : refusal.body());
        drain(context, body);
    }

    /** A client that is still sending reads the answer only when it is done; cut off, it would see a broken connection instead. */
    private static void drain(RoutingContext context, InputStream body) {
        Instant limit = Instant.now().plus(DRAIN_LIMIT);
        byte[] waste = new byte[64 << 10];
        try {
            while (body.read(waste) >= 0) {
                if (Instant.now().isAfter(limit)) {
                    context.request().connection().close();
                    return;
                }
            }
        } catch (IOException e) {
            LOG.debugf("client went away: %s", e.getMessage());
        }
    }
}
