package dev.gantry.service.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.error.ErrorCode;
import io.grpc.Status;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
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
    void whatNobodyExpectedIsToldByItsMessage() {
        var told = RpcErrors.toStatus(new IllegalStateException("disk on fire"));
        assertThat(RpcErrors.from(told, "peer").code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(told.getStatus().getDescription()).isEqualTo("disk on fire");
    }
}
