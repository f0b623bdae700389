package dev.gantry.image.archive;

import dev.gantry.contracts.error.GantryException;
import dev.gantry.image.catalog.Platforms;
import dev.gantry.image.http.ByteRoute;
import dev.gantry.image.http.Refused;
import dev.gantry.service.http.RequestBody;
import dev.gantry.service.http.ResponseBody;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
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
        router.post("/images/load").handler(context -> {
            InputStream body = RequestBody.stream(context.request());
            Thread.ofVirtual().name("image-load").start(() -> answer(context, body));
        });
    }

    private void answer(RoutingContext context, InputStream body) {
        String platform = parameter(context, "platform");
        try {
            Platforms.check(platform);
        } catch (GantryException e) {
            Refused.answer(context, e);
            Refused.drain(context, body);
            return;
        }
        context.response().putHeader("Content-Type", "application/json");
        try (OutputStream out = ResponseBody.stream(context.response())) {
            load(
                    body,
                    platform,
                    new LoadProgress(out, parameter(context, "quiet").equals("true")));
        } catch (IOException e) {
            LOG.infof("nobody hears of the load: %s", e.getMessage());
        } finally {
            Refused.drain(context, body);
        }
    }

    private void load(InputStream body, String platform, LoadProgress progress) {
        try {
            loader.run(body, platform, progress);
        } catch (RuntimeException e) {
            progress.failed(String.valueOf(Refused.known("load", e).getMessage()));
        }
    }

    private static String parameter(RoutingContext context, String name) {
        return Optional.ofNullable(context.request().getParam(name)).orElse("");
    }
}
