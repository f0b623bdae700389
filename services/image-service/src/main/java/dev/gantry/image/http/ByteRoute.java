package dev.gantry.image.http;

import io.vertx.ext.web.Router;

/** One kind of request that image-service answers over HTTP. */
public interface ByteRoute {
    void install(Router router);
}
