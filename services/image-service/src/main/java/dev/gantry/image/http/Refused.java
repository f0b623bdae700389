package dev.gantry.image.http;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.ErrorResponse;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** What becomes of a request that is refused. */
public final class Refused {
    private static final Logger LOG = Logger.getLogger(Refused.class);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

    private Refused() {}

    /** The error as Docker has it; what nobody foresaw is logged, and told without what the database was told. */
    public static GantryException known(String what, RuntimeException failure) {
        if (failure instanceof GantryException refused) {
            LOG.infof("%s refused: %s", what, refused.getMessage());
            return refused;
        }
        LOG.errorf(failure, "%s failed", what);
        String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return ErrorCode.INTERNAL.with(what + " failed: " + line);
    }

    /** Status and Docker's error document. */
    public static void answer(RoutingContext context, GantryException refused) {
        byte[] body = DockerJson.write(new ErrorResponse(String.valueOf(refused.getMessage())));
        context.response()
                .setStatusCode(refused.code().httpStatus())
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(body));
    }

    /** A client that is still sending reads the answer only when it is done; cut off, it would see a broken connection instead. */
    public static void drain(RoutingContext context, InputStream body) {
        Instant limit = Instant.now().plus(DRAIN_LIMIT);
        byte[] waste = new byte[64 << 10];
        try {
            while (body.read(waste) >= 0) {
                if (Instant.now().isAfter(limit)) {
                    context.request().connection().close();
                    return;
                }
            }
        } catch (IOException e) {
            LOG.debugf("client went away: %s", e.getMessage());
        }
    }
}
