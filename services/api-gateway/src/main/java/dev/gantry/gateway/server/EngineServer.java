package dev.gantry.gateway.server;

import dev.gantry.gateway.routes.RouteTable;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** The Engine API on a unix socket. */
public final class EngineServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EngineServer.class);
    private static final int LISTEN_SECONDS = 10;
    private static final int LONGEST_LINE = 64 << 10;
    private static final int LARGEST_HEADERS = 64 << 10;
    private static final int CHUNK = 64 << 10;
    private static final int BACKLOG = 512;

    private final HttpServer server;
    private final DockerSocket socket;
    private final ExecutorService workers;

    private EngineServer(HttpServer server, DockerSocket socket, ExecutorService workers) {
        this.server = server;
        this.socket = socket;
        this.workers = workers;
    }

    /**
     * Listens on {@code place} when this returns.
     *
     * @throws IOException if it cannot
     */
    public static EngineServer listen(Vertx vertx, Path place, RouteTable routes, Tracing tracing)
            throws IOException, InterruptedException {
        if (!vertx.isNativeTransportEnabled()) {
            throw new IOException(
                    "unix sockets need the native transport of Vert.x, which is not enabled",
                    vertx.unavailableNativeTransportCause());
        }
        var workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("engine-", 0).factory());
        var socket = DockerSocket.prepare(place);
        var dispatcher = new Dispatcher(routes, workers, tracing);
        var server = vertx.createHttpServer(options());
        var connections = new Connections(vertx);
        server.requestHandler(request -> {
            connections.spoke(request.connection());
            dispatcher.accept(request);
        });
        server.connectionHandler(connections::opened);
        bind(server, socket);
        LOG.infof("the Engine API is served on %s", place);
        return new EngineServer(server, socket, workers);
    }

    private static void bind(HttpServer server, DockerSocket socket) throws IOException, InterruptedException {
        try {
            server.listen(SocketAddress.domainSocketAddress(socket.binding().toString()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LISTEN_SECONDS, TimeUnit.SECONDS);
            socket.publish();
        } catch (ExecutionException | TimeoutException e) {
            socket.remove();
            throw new IOException("cannot listen on " + socket.binding(), e);
        }
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setMaxChunkSize(CHUNK)
                .setAcceptBacklog(BACKLOG)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false)
                // spans of operations are our own: they know the operation
                .setTracingPolicy(TracingPolicy.IGNORE);
    }

    @Override
    public void close() {
        socket.remove();
        server.close();
        workers.shutdownNow();
    }
}
