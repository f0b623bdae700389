package dev.gantry.gateway.containers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.LogsChunk;
import dev.gantry.contracts.rpc.LogsRequest;
import dev.gantry.gateway.testing.Engine;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class LogsTest {
    @AutoClose
    private final Engine engine = Engine.start();

    private static void say(ServerCallStreamObserver<LogsChunk> out, String text) {
        out.onNext(
                LogsChunk.newBuilder().setBytes(ByteString.copyFromUtf8(text)).build());
    }

    @Test
    void passesOnWhatTheAgentSays() throws Exception {
        var asked = new CompletableFuture<LogsRequest>();
        engine.agent.logs = (request, out) -> {
            asked.complete(request);
            say(out, "one");
            say(out, "two");
            out.onCompleted();
        };
        try (var client = engine.client()) {
            var answer = client.get(
                    "/v1.51/containers/c1/logs?stdout=1&timestamps=1&tail=3&since=1577836800.000000001&until=1795253950");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.docker.multiplexed-stream");
            assertThat(answer.body()).isEqualTo("onetwo");
            assertThat(client.get("/v1.41/containers/c1/logs?stdout=1").header("Content-Type"))
                    .isEqualTo("application/vnd.docker.raw-stream");
        }
        assertThat(asked.get())
                .isEqualTo(LogsRequest.newBuilder()
                        .setContainer(engine.services.location().getId())
                        .setStdout(true)
                        .setTimestamps(true)
                        .setTail(3)
                        .setSince(1_577_836_800_000_000_001L)
                        .setUntil(1_795_253_950_000_000_000L)
                        .build());
    }

    @Test
    void theHeadOfASilentFollowComesAtOnce() throws Exception {
        var gone = new CompletableFuture<Void>();
        engine.agent.logs(out -> out.setOnCancelHandler(() -> gone.complete(null)));
        try (var client = engine.client()) {
            assertThat(client.request("GET", "/v1.51/containers/c1/logs?stdout=1&follow=1")
                            .head()
                            .status())
                    .isEqualTo(200);
        }
        gone.get(5, SECONDS);
    }

    @Test
    void aFailureHasItsStatus() throws Exception {
        engine.agent.logs(out -> out.onError(RpcErrors.toStatus(ErrorCode.LOGS_UNREADABLE.with())));
        refused("/v1.51/containers/c1/logs?stdout=1", 501, "configured logging driver does not support reading");
    }

    @Test
    void badRequestsAreRefused() throws Exception {
        refused("/v1.51/containers/c1/logs", 400, "Bad parameters: you must choose at least one stream");
        refused(
                "/v1.51/containers/c1/logs?stdout=0&stderr=0",
                400,
                "Bad parameters: you must choose at least one stream");
        refused(
                "/v1.51/containers/c1/logs?stdout=1&since=bogus",
                500,
                "strconv.ParseInt: parsing \\\"bogus\\\": invalid syntax");
        refused("/v1.51/containers/nosuch/logs?stdout=1", 404, "No such container: nosuch");
    }

    @Test
    void anAnswerThatBreaksOffDoesNotLookWhole() throws Exception {
        engine.agent.logs(out -> {
            say(out, "half");
            out.onError(RpcErrors.toStatus(ErrorCode.INTERNAL.with("the disk broke")));
        });
        try (var client = engine.client()) {
            client.request("GET", "/v1.51/containers/c1/logs?stdout=1").head();
            assertThat(client.readToEnd()).isEqualTo("4\r\nhalf\r\n");
        }
    }

    private void refused(String target, int status, String message) throws Exception {
        try (var client = engine.client()) {
            var answer = client.get(target);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo("{\"message\":\"" + message + "\"}\n");
        }
    }
}
