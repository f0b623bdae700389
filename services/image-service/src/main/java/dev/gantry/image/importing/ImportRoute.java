package dev.gantry.image.importing;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.image.http.ByteRoute;
import dev.gantry.image.http.Refused;
import dev.gantry.oci.digest.Digest;
import dev.gantry.service.http.RequestBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * {@code POST /images/import?reference=&message=&platform=&changes=...}, the body an archive. Answers Docker's one line of progress, or a
 * status and Docker's error document.
 */
@Singleton
class ImportRoute implements ByteRoute {
    private static final Logger LOG = Logger.getLogger(ImportRoute.class);

    private final Importer importer;

    ImportRoute(Importer importer) {
        this.importer = importer;
    }

    @Override
    public void install(Router router) {
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
        } catch (RuntimeException e) {
            Refused.answer(context, Refused.known("import", e));
        } finally {
            Refused.drain(context, body);
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
}
