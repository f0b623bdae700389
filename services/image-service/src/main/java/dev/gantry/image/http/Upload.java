package dev.gantry.image.http;

import dev.gantry.service.http.RequestBody;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.InputStream;
import java.util.Optional;

/** Routes whose request is a body of any size, read under back-pressure. */
public final class Upload {
    /** Answers a request. What it leaves of the body is drained, so that the client reads the answer. */
    @FunctionalInterface
    public interface Work {
        void answer(RoutingContext context, InputStream body);
    }

    private Upload() {}

    /** Each request on a virtual thread of its own, called {@code name}. */
    public static void install(Router router, String path, String name, Work work) {
        router.post(path).handler(context -> {
            InputStream body = RequestBody.stream(context.request());
            Thread.ofVirtual().name(name).start(() -> {
                try {
                    work.answer(context, body);
                } finally {
                    Refused.drain(context, body);
                }
            });
        });
    }

    /** Empty when it is not there. */
    public static String parameter(RoutingContext context, String name) {
        return Optional.ofNullable(context.request().getParam(name)).orElse("");
    }
}
