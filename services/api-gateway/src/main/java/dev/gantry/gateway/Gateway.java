package dev.gantry.gateway;

import dev.gantry.events.kafka.KafkaAccess;
import dev.gantry.gateway.backend.Backends;
import dev.gantry.gateway.containers.Attach;
import dev.gantry.gateway.containers.ContainerArchives;
import dev.gantry.gateway.containers.Containers;
import dev.gantry.gateway.containers.ExecStart;
import dev.gantry.gateway.containers.Execs;
import dev.gantry.gateway.containers.Exports;
import dev.gantry.gateway.containers.Lifecycle;
import dev.gantry.gateway.containers.Logs;
import dev.gantry.gateway.containers.Resize;
import dev.gantry.gateway.containers.Stats;
import dev.gantry.gateway.containers.Top;
import dev.gantry.gateway.containers.Wait;
import dev.gantry.gateway.events.EventTail;
import dev.gantry.gateway.events.Events;
import dev.gantry.gateway.images.ImageSources;
import dev.gantry.gateway.images.Images;
import dev.gantry.gateway.images.SavedImages;
import dev.gantry.gateway.networks.Networks;
import dev.gantry.gateway.networks.Plugins;
import dev.gantry.gateway.networks.Volumes;
import dev.gantry.gateway.routes.RouteTable;
import dev.gantry.gateway.server.EngineServer;
import dev.gantry.gateway.server.Tracing;
import dev.gantry.gateway.system.EngineInfo;
import dev.gantry.gateway.system.Ping;
import dev.gantry.gateway.system.Versions;
import dev.gantry.service.instance.Instance;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Opens the Engine API when everything in this process is up, and closes it first. */
@ApplicationScoped
public class Gateway {
    /** After the gRPC servers of this process: a client that finds the socket finds the services too. */
    private static final int AFTER_THE_SERVERS = 6_000;

    private static final int BEFORE_THE_SERVERS = 1_000;

    private final Vertx vertx;
    private final Backends backends;
    private final Config config;
    private final Tracing tracing;
    private volatile @Nullable EngineServer server;
    private @Nullable EventTail tail;

    Gateway(Vertx vertx, Backends backends, Config config, Tracing tracing) {
        this.vertx = vertx;
        this.backends = backends;
        this.config = config;
        this.tracing = tracing;
    }

    void start(@Observes @Priority(AFTER_THE_SERVERS) StartupEvent event) throws IOException, InterruptedException {
        var instance = Instance.current();
        var kafka = KafkaAccess.of(config, "gateway");
        var events = new EventTail(kafka::consumer).start();
        tail = events;
        server = EngineServer.listen(
                vertx, instance.dockerSocket(), routes(backends, Events.of(events), instance.name()), tracing);
    }

    /** All of the API, with its effects on {@code backends}. */
    public static RouteTable routes(Backends backends, Events events, String instance) {
        return RouteTable.of(new RouteTable.Built(
                new Containers(backends),
                new Lifecycle(backends),
                new Wait(backends),
                new Attach(backends),
                new Logs(backends),
                new Resize(backends),
                new Top(backends),
                new Stats(backends),
                new Execs(backends),
                new ExecStart(backends),
                new ContainerArchives(backends),
                new Exports(backends),
                new Images(backends),
                new ImageSources(backends),
                new SavedImages(backends),
                new Networks(backends),
                new Volumes(backends),
                new Plugins(),
                new Ping(),
                new Versions(),
                new EngineInfo(backends, instance),
                events));
    }

    boolean open() {
        return server != null;
    }

    void stop(@Observes @Priority(BEFORE_THE_SERVERS) ShutdownEvent event) {
        if (server != null) {
            server.close();
        }
        if (tail != null) {
            tail.close();
        }
    }
}
