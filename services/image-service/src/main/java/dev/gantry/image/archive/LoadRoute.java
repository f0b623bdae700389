package dev.gantry.image.archive;

import dev.gantry.contracts.error.GantryException;
import dev.gantry.image.catalog.Platforms;
import dev.gantry.image.http.ByteRoute;
import dev.gantry.image.http.Refused;
import dev.gantry.image.http.Upload;
import dev.gantry.service.http.ResponseBody;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jboss.logging.Logger;

/**
 * {@code POST /images/load?quiet=&platform=}, the body an archive. Answers 200 and Docker's progress; what goes wrong with the archive is told
 * there, as in Docker.
 */
@Singleton
class LoadRoute implements ByteRoute {
    private static final Logger LOG = Logger.getLogger(LoadRoute.class);

    private final Loader loader;

    LoadRoute(Loader loader) {
        this.loader = loader;
    }

    @Override
    public void install(Router router) {
        Upload.install(router, "/images/load", "image-load", this::answer);
    }

    private void answer(RoutingContext context, InputStream body) {
        String platform = Upload.parameter(context, "platform");
        try {
            Platforms.check(platform);
        } catch (GantryException e) {
            Refused.answer(context, e);
            return;
        }
        context.response().putHeader("Content-Type", "application/json");
        try (OutputStream out = ResponseBody.stream(context.response())) {
            load(
                    body,
                    platform,
                    new LoadProgress(out, Upload.parameter(context, "quiet").equals("true")));
        } catch (IOException e) {
            LOG.infof("nobody hears of the load: %s", e.getMessage());
        }
    }

    private void load(InputStream body, String platform, LoadProgress progress) {
        try {
            loader.run(body, platform, progress);
        } catch (RuntimeException e) {
            progress.failed(String.valueOf(Refused.known("load", e).getMessage()));
        }
    }
}
