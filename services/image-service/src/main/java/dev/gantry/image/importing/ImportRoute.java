package dev.gantry.image.importing;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.image.http.ByteRoute;
import dev.gantry.image.http.Refused;
import dev.gantry.image.http.Upload;
import dev.gantry.oci.digest.Digest;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.Map;
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
        Upload.install(router, "/images/import", "image-import", this::answer);
    }

    private void answer(RoutingContext context, InputStream body) {
        try {
            Digest id = importer.run(request(context), body);
            byte[] line = DockerJson.write(Map.of("status", id.toString()));
            context.response()
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(line).appendString("\r\n"));
            LOG.infof("imported %s", id);
        } catch (RuntimeException e) {
            Refused.answer(context, Refused.known("import", e));
        }
    }

    private static ImportRequest request(RoutingContext context) {
        return ImportRequest.of(
                Upload.parameter(context, "reference"),
                Upload.parameter(context, "message"),
                Upload.parameter(context, "platform"),
                context.request().params().getAll("changes"));
    }
}
