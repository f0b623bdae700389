package dev.gantry.gateway.testing;

import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.gateway.Gateway;
import dev.gantry.gateway.backend.Backends;
import dev.gantry.gateway.events.EventTail;
import dev.gantry.gateway.events.Events;
import dev.gantry.gateway.routes.RouteTable;
import dev.gantry.gateway.server.EngineServer;
import dev.gantry.gateway.server.Tracing;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.MockConsumer;

/** The real server on a socket of its own, with fake services behind it in this process. */
public final class Engine implements AutoCloseable {
    public final FakeServices services = new FakeServices();
    public final FakeAgent agent = new FakeAgent();
    public final Path socket;

    private final Path directory;
    private final Vertx vertx;
    private final Server server;
    private final Server agentServer;
    private final ManagedChannel channel;
    private final ManagedChannel agentChannel;
    private final EventTail tail;
    private final EngineServer engine;
    private volatile URI imageHttp = URI.create("http://127.0.0.1:1");

    public Engine() throws IOException, InterruptedException {
        this(new EventTail(id -> new MockConsumer<>("none")));
    }

    /** For a field of a test, which JUnit closes. */
    public static Engine start() {
        try {
            return new Engine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** With a log of events; the engine closes the tail. */
    public Engine(EventTail events) throws IOException, InterruptedException {
        tail = events;
        directory = Files.createTempDirectory("gantry-engine");
        socket = directory.resolve("docker.sock");
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
        var name = "engine-" + UUID.randomUUID();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var builder = InProcessServerBuilder.forName(name).executor(threads);
        services.all().forEach(builder::addService);
        server = builder.build().start();
        agentServer = InProcessServerBuilder.forName(name + "-agent")
                .executor(threads)
                .addService(agent)
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).build();
        agentChannel = InProcessChannelBuilder.forName(name + "-agent").build();
        engine = EngineServer.listen(vertx, socket, Gateway.routes(new Wired(), Events.of(tail), "test"), Tracing.NONE);
    }

    /** The route table with nothing behind it, for looking at. */
    public static RouteTable routesWithoutServices() {
        return Gateway.routes(new NoServices(), Events.of(new EventTail(id -> new MockConsumer<>("none"))), "test");
    }

    public void imageHttp(URI address) {
        imageHttp = address;
    }

    /** Ends the services: from now on they are away. */
    public void killServices() throws InterruptedException {
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    public UnixClient client() throws IOException {
        return new UnixClient(socket);
    }

    @Override
    public void close() throws IOException {
        engine.close();
        tail.close();
        channel.shutdownNow();
        agentChannel.shutdownNow();
        server.shutdownNow();
        agentServer.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        Files.deleteIfExists(directory);
    }

    private final class Wired implements Backends {
        @Override
        public Channel scheduler() {
            return channel;
        }

        @Override
        public Channel images() {
            return channel;
        }

        @Override
        public Channel networks() {
            return channel;
        }

        @Override
        public Channel volumes() {
            return channel;
        }

        @Override
        public Channel agent(ContainerLocation container) {
            return agentChannel;
        }

        @Override
        public HttpClient imageHttp() {
            return HttpClient.newHttpClient();
        }

        @Override
        public URI imageUri(String pathAndQuery) {
            return URI.create(imageHttp + pathAndQuery);
        }
    }
}
