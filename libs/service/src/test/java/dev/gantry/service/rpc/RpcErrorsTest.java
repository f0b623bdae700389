package dev.gantry.service.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.error.ErrorCode;
import io.grpc.Status;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RpcErrorsTest {
    private static final String SECRET = "insert into container values ('password')";

    @Test
    void aDatabaseThatFailedIsAServiceThatIsAwayAndKeepsItsStatements() {
        assertAway(new IllegalStateException(SECRET, new SQLException(SECRET, "08006")));
        assertAway(new RuntimeException(new RollbackException(SECRET)));
    }

    private static void assertAway(Throwable failure) {
        var told = RpcErrors.toStatus(failure);
        assertThat(told.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(told.getStatus().getDescription()).contains("database").doesNotContain("password", "Exception");
        assertThat(RpcErrors.from(told, "peer").code()).isEqualTo(ErrorCode.SERVICE_AWAY);
    }

    @Test
    void aConnectionThatFailedIsToldInTheSystemsWords() {
        var pipeline = "io exception\nChannel Pipeline: [SslHandler#0, WriteBufferingAndExceptionHandler#0]";
        assertThat(reason(
                        pipeline, new IOException("recvAddress(..) failed with error(-104): Connection reset by peer")))
                .isEqualTo("scheduler-service is not reachable: Connection reset by peer");
        assertThat(reason(
                        "io exception",
                        new RuntimeException(new ConnectException(
                                "finishConnect(..) failed with error(-111): Connection refused: /127.0.0.1:21331"))))
                .isEqualTo("scheduler-service is not reachable: Connection refused");
        assertThat(reason("Keepalive failed. The connection is likely gone", null))
                .isEqualTo("scheduler-service is not reachable: Keepalive failed. The connection is likely gone");
        assertThat(reason(pipeline, null)).isEqualTo("scheduler-service is not reachable: io exception");
    }

    private static String reason(String description, @Nullable Throwable cause) {
        var failure =
                Status.UNAVAILABLE.withDescription(description).withCause(cause).asRuntimeException();
        return String.valueOf(RpcErrors.from(failure, "scheduler-service").getMessage());
    }

    @Test
    void whatNobodyExpectedIsToldByItsMessage() {
        var told = RpcErrors.toStatus(new IllegalStateException("disk on fire"));
        assertThat(RpcErrors.from(told, "peer").code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(told.getStatus().getDescription()).isEqualTo("disk on fire");
    }
}
