package dev.gantry.gateway.server;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.RawConnection;
import dev.gantry.gateway.api.Work;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A connection taken from under Vert.x, whose own {@code toNetSocket} refuses POST and always answers 101. From {@link #take} on
 * no byte passes through the HTTP codec in either direction.
 */
final class HijackedConnection implements RawConnection {
    private static final Logger LOG = Logger.getLogger(HijackedConnection.class);

    private final Channel channel;
    private final RawInbound inbound;
    private final boolean upgrade;

    private HijackedConnection(Channel channel, RawInbound inbound, boolean upgrade) {
        this.channel = channel;
        this.inbound = inbound;
        this.upgrade = upgrade;
    }

    /**
     * Runs on the event loop inside the request's handler, before the decoder can look at what came after the request: bytes that
     * it holds already go to our handler when it is removed.
     */
    static HijackedConnection take(HttpServerRequest request) {
        var channel =
                ((ConnectionBase) request.connection()).channelHandlerContext().channel();
        // without it the end of a client's stdin would end its output too
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setAutoRead(false);
        var inbound = new RawInbound(channel);
        var pipeline = channel.pipeline();
        var decoder = decoder(channel);
        pipeline.addAfter(pipeline.context(decoder).name(), "raw", inbound);
        pipeline.remove(decoder);
        if (pipeline.get(IdleStateHandler.class) != null) {
            pipeline.remove(IdleStateHandler.class);
        }
        return new HijackedConnection(channel, inbound, upgradeAsked(request));
    }

    private static ChannelHandler decoder(Channel channel) {
        ChannelHandler decoder = channel.pipeline().get(HttpRequestDecoder.class);
        if (decoder == null) {
            decoder = channel.pipeline().get(HttpServerCodec.class);
        }
        if (decoder == null) {
            throw new IllegalStateException(
                    "no HTTP decoder in " + channel.pipeline().names());
        }
        return decoder;
    }

    private static boolean upgradeAsked(HttpServerRequest request) {
        var connection = request.getHeader("Connection");
        return request.headers().contains("Upgrade")
                && connection != null
                && connection.toLowerCase(Locale.ROOT).contains("upgrade");
    }

    void serve(Work.Hijack hijack, Call call) {
        try {
            hijack.serve(call, this);
        } catch (IOException gone) {
            LOG.debugf("a hijacked connection ended: %s", gone.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.error("unexpected failure of a hijacked operation", failure);
        } finally {
            close();
        }
    }

    @Override
    public boolean upgrade() {
        return upgrade;
    }

    @Override
    public void refuse(GantryException failure) throws IOException, InterruptedException {
        var body = Answers.error(failure).document().concat(ByteString.copyFromUtf8("\n"));
        var status = HttpResponseStatus.valueOf(failure.code().httpStatus());
        write(ByteString.copyFromUtf8(
                        "HTTP/1.1 " + status + "\r\n" + engineHeaders() + "Content-Type: application/json\r\n"
                                + "Content-Length: " + body.size() + "\r\nConnection: close\r\n\r\n")
                .concat(body));
    }

    @Override
    public String engineHeaders() {
        return Headers.engineLines();
    }

    @Override
    public @Nullable ByteString read() throws IOException, InterruptedException {
        return inbound.take();
    }

    @Override
    public void write(ByteString bytes) throws IOException, InterruptedException {
        try {
            inbound.context()
                    .writeAndFlush(Unpooled.wrappedBuffer(bytes.asReadOnlyByteBuffer()))
                    .get();
        } catch (ExecutionException failed) {
            throw new IOException("the client is gone: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void whenGone(Runnable cancel) {
        channel.closeFuture().addListener(closed -> cancel.run());
    }

    /** Everything written has left by now; our end is announced before the connection goes. */
    private void close() {
        inbound.context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
