package dev.gantry.image.http;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.http.HttpService;
import dev.gantry.service.instance.Port;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** All routes on the service's one port, for the gateway alone. */
final class ImageHttp {
    private ImageHttp() {}

    @Produces
    @Singleton
    static HttpService imageHttp(@Any Instance<ByteRoute> routes) {
        return new HttpService(
                Role.IMAGE,
                Port.IMAGE_HTTP,
                Set.of(Role.GATEWAY),
                router -> routes.forEach(route -> route.install(router)));
    }
}
