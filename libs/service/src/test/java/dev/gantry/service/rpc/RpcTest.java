package dev.gantry.service.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.ContainerQuery;
import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.contracts.rpc.WaitContainer;
import dev.gantry.platform.os.OsUser;
import io.grpc.Channel;
import io.grpc.stub.BlockingClientCall;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcTest {
    private static final int DEADLINE_SECONDS = 10;

    @TempDir
    private Path directory;

    private final FakeContainers service = new FakeContainers();
    private Certificates certificates;
    private RpcFixture rpc;

    @BeforeEach
    void start() throws Exception {
        certificates = Certificates.in(directory);
        rpc = new RpcFixture(directory, service);
    }

    @AfterEach
    void stop() throws Exception {
        rpc.close();
    }

    private static String inspect(Channel channel, String reference) {
        try {
            return ContainersGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .inspect(ContainerQuery.newBuilder().setReference(reference).build())
                    .getJson()
                    .toStringUtf8();
        } catch (io.grpc.StatusRuntimeException e) {
            throw RpcErrors.from(e, "scheduler");
        }
    }

    private static ErrorCode failure(Channel channel, String reference) {
        var failure = catchThrowable(() -> inspect(channel, reference));
        assertThat(failure).isInstanceOf(GantryException.class);
        return ((GantryException) failure).code();
    }

    @Test
    void knowsTheCallerByItsCertificateOrByItsProcess() {
        assertThat(inspect(rpc.elsewhere().channel(Role.GATEWAY, Role.SCHEDULER), "x"))
                .isEqualTo("GATEWAY");
        assertThat(inspect(rpc.sameProcess().channel(Role.GATEWAY, Role.SCHEDULER), "x"))
                .isEqualTo("GATEWAY");
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"IMAGE", "REGISTRY", "NETWORK", "VOLUME", "AGENT", "LAUNCHER", "SCHEDULER"})
    void refusesRolesThatTheMethodDoesNotName(Role role) {
        assertThat(failure(rpc.elsewhere().channel(role, Role.SCHEDULER), "x")).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(failure(rpc.sameProcess().channel(role, Role.SCHEDULER), "x"))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void refusesACertificateOfTheUsersAuthorityWhateverItsName() throws Exception {
        var stranger = directory.resolve("stranger");
        certificates.pki().user("gateway", stranger, OsUser.current());
        var peers =
                RpcFixture.peers(RpcFixture.addresses(directory, Map.of("gantry.tls.gateway", stranger.toString())));
        assertThat(failure(peers.channel(Role.GATEWAY, Role.SCHEDULER), "x")).isEqualTo(ErrorCode.SERVICE_AWAY);
        peers.close();
    }

    @Test
    void refusesAServerThatIsNotTheServiceWeMeant() {
        var address = "127.0.0.1:" + RpcFixture.INSTANCE.port(dev.gantry.service.instance.Port.SCHEDULER_RPC);
        var peers = RpcFixture.peers(RpcFixture.addresses(directory, Map.of("gantry.peer.image", address)));
        assertThat(failure(peers.channel(Role.GATEWAY, Role.IMAGE), "x")).isEqualTo(ErrorCode.SERVICE_AWAY);
        peers.close();
    }

    @Test
    void carriesErrorsOfTheCatalogueUnchangedAndHidesNothingElseButTheStack() {
        var channel = rpc.elsewhere().channel(Role.GATEWAY, Role.SCHEDULER);
        assertThat(catchThrowable(() -> inspect(channel, "missing"))).hasMessage("No such container: missing");
        assertThat(failure(channel, "missing")).isEqualTo(ErrorCode.NO_SUCH_CONTAINER);
        assertThat(failure(channel, "broken")).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void namesThePeerThatIsAway() throws Exception {
        var channel = rpc.elsewhere().channel(Role.GATEWAY, Role.IMAGE);
        assertThat(catchThrowable(() -> inspect(channel, "x"))).hasMessageContaining("scheduler is not reachable");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsTheServerThatTheDeadlineHasPassed(boolean network) throws Exception {
        var peers = network ? rpc.elsewhere() : rpc.sameProcess();
        var channel = peers.channel(Role.GATEWAY, Role.SCHEDULER);
        // the deadline is for the call, not for the first handshake on a busy machine
        assertThat(failure(channel, "missing")).isEqualTo(ErrorCode.NO_SUCH_CONTAINER);
        var stub = ContainersGrpc.newBlockingStub(channel).withDeadlineAfter(300, TimeUnit.MILLISECONDS);
        var slow = ContainerQuery.newBuilder().setReference("slow").build();
        assertThat(catchThrowable(() -> stub.inspect(slow))).hasMessageContaining("DEADLINE_EXCEEDED");
        assertThat(service.awaitEnd(DEADLINE_SECONDS)).isEqualTo("cancelled");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsTheServerThatTheClientHasCancelled(boolean network) throws Exception {
        var peers = network ? rpc.elsewhere() : rpc.sameProcess();
        var stub = ContainersGrpc.newBlockingV2Stub(peers.channel(Role.GATEWAY, Role.SCHEDULER));
        BlockingClientCall<?, ?> call =
                stub.wait(WaitContainer.newBuilder().setCondition("x").build());
        assertThat(call.read()).isNotNull();
        call.cancel("enough", null);
        assertThat(service.awaitEnd(DEADLINE_SECONDS)).isIn("cancelled", "writer stopped");
        assertThat(service.awaitEnd(DEADLINE_SECONDS)).isIn("cancelled", "writer stopped");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopsTheWriterWhileTheReaderStalls(boolean network) throws Exception {
        var peers = network ? rpc.elsewhere() : rpc.sameProcess();
        var call = ContainersGrpc.newBlockingV2Stub(peers.channel(Role.GATEWAY, Role.SCHEDULER))
                .wait(WaitContainer.newBuilder().setCondition("x".repeat(64)).build());
        assertThat(call.read()).isNotNull();
        var settled = Settled.value(service.written::get);
        // 64 KiB each: what the transport may hold, not what an endless writer could make
        assertThat(settled).isLessThan(200);
        call.cancel("enough", null);
    }

    @Test
    void noticesAKilledAndAStoppedClient() throws Exception {
        for (var signal : new String[] {"-KILL", "-STOP"}) {
            try (var client = ClientProcess.start(directory)) {
                client.signal(signal);
                // keepalive: 10 s without a word, then 5 s for the answer to a ping
                assertThat(service.awaitEnd(40)).isIn("cancelled", "writer stopped");
                service.awaitEnd(DEADLINE_SECONDS);
            }
        }
    }
}
