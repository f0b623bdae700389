package dev.gantry.image.archive;

import dev.gantry.image.http.ByteRoute;
import dev.gantry.image.http.Refused;
import dev.gantry.image.http.Upload;
import dev.gantry.image.store.Catalog;
import dev.gantry.service.http.ResponseBody;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jboss.logging.Logger;

/**
 * {@code GET /images/save?names=...&platform=}: answers an archive, or a status and Docker's error document. An answer that breaks off is no
 * archive: the connection is closed instead of the body ended.
 */
@Singleton
class SaveRoute implements ByteRoute {
    private static final Logger LOG = Logger.getLogger(SaveRoute.class);
    private static final int BUFFER = 256 << 10;

    private final Catalog catalog;
    private final Saver saver;

    SaveRoute(Catalog catalog, Saver saver) {
        this.catalog = catalog;
        this.saver = saver;
    }

    @Override
    public void install(Router router) {
        router.get("/images/save")
                .handler(context -> Thread.ofVirtual().name("image-save").start(() -> answer(context)));
    }

    private void answer(RoutingContext context) {
        try {
            SavePlan plan = SavePlan.of(
                    catalog.images(),
                    context.request().params().getAll("names"),
                    Upload.parameter(context, "platform"));
            context.response().putHeader("Content-Type", "application/x-tar");
            send(plan, context);
        } catch (IOException e) {
            LOG.infof("save broke off: %s", e.getMessage());
            context.request().connection().close();
        } catch (RuntimeException e) {
            var refused = Refused.known("save", e);
            if (context.response().headWritten()) {
                context.request().connection().close();
            } else {
                Refused.answer(context, refused);
            }
        }
    }

    /** The event comes before the end, so that who has the archive finds it on the log. */
    private void send(SavePlan plan, RoutingContext context) throws IOException {
        OutputStream response = ResponseBody.stream(context.response());
        OutputStream out = new BufferedOutputStream(response, BUFFER);
        saver.write(plan, out);
        out.flush();
        catalog.saved(plan.images());
        response.close();
    }
}
