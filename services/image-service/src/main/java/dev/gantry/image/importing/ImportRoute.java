package dev.gantry.image.importing;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.ErrorResponse;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.oci.digest.Digest;
import dev.gantry.service.http.HttpService;
import dev.gantry.service.http.RequestBody;
import dev.gantry.service.instance.Port;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * {@code POST /images/import?reference=&message=&platform=&changes=...}, the body an archive. Answers Docker's one line of progress, or a
 * status and Docker's error document.
 */
@Singleton
class ImportRoute {
    private static final Logger LOG = Logger.getLogger(ImportRoute.class);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

    private final Importer importer;

    ImportRoute(Importer importer) {
        this.importer = importer;
    }

    @Produces
    @Singleton
    static HttpService imageHttp(ImportRoute route) {
        return new HttpService(Role.IMAGE, Port.IMAGE_HTTP, Set.of(Role.GATEWAY), route::install);
    }

    private void install(Router router) {
        router.post("/images/import").handler(context -> {
            InputStream body = RequestBody.stream(context.request());
            Thread.ofVirtual().name("image-import").start(() -> answer(context, body));
        });
    }

    private void answer(RoutingContext context, InputStream body) {
        try {
            Digest id = importer.run(request(context.request()), body);
            byte[] line = DockerJson.write(Map.of("status", id.toString()));
            context.response()
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(line).appendString("\r\n"));
            LOG.infof("imported %s", id);
        } catch (GantryException refused) {
            refuse(context, refused);
        } catch (RuntimeException e) {
            LOG.error("import failed", e);
            refuse(context, ErrorCode.INTERNAL.with("import failed: " + firstLine(e)));
        } finally {
            drain(context, body);
        }
    }

    private static ImportRequest request(HttpServerRequest request) {
        return ImportRequest.of(
                parameter(request, "reference"),
                parameter(request, "message"),
                parameter(request, "platform"),
                request.params().getAll("changes"));
    }

    private static String parameter(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getParam(name)).orElse("");
    }

    /** The database's errors go on with what it was told. */
    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static void refuse(RoutingContext context, GantryException refused) {
        LOG.infof("import refused: %s", refused.getMessage());
        byte[] body = DockerJson.write(new ErrorResponse(String.valueOf(refused.getMessage())));
        context.response()
                .setStatusCode(refused.code().httpStatus())
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(body));
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
