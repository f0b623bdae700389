package dev.gantry.scheduler.rpc;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.network.NetworkSettings;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.Changed;
import dev.gantry.contracts.rpc.ImageQuery;
import dev.gantry.contracts.rpc.ImagesGrpc;
import dev.gantry.contracts.rpc.JoinNetwork;
import dev.gantry.contracts.rpc.LeaveNetwork;
import dev.gantry.contracts.rpc.NetworkJoined;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.NetworksGrpc;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.instance.Port;
import dev.gantry.service.rpc.Answers;
import dev.gantry.service.rpc.RpcService;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The other services as the scheduler sees them, in the test's own process. */
class FakeNeighbours {
    static final String IMAGE = "sha256:" + "7".repeat(64);

    @Produces
    @Singleton
    RpcService images() {
        return new RpcService(Role.IMAGE, Port.IMAGE_RPC, List.of(new ImagesGrpc.ImagesImplBase() {
            @Override
            public void resolve(ImageQuery request, StreamObserver<ResolvedImage> out) {
                Answers.unary(out, () -> {
                    if (!request.getReference().equals("busybox")) {
                        throw ErrorCode.NO_SUCH_IMAGE.with(request.getReference() + ":latest");
                    }
                    return ResolvedImage.newBuilder()
                            .setId(IMAGE)
                            .setConfig(ByteString.copyFrom(
                                    "{\"config\":{\"Cmd\":[\"sh\"],\"Env\":[\"PATH=/bin\"]}}", StandardCharsets.UTF_8))
                            .build();
                });
            }
        }));
    }

    @Produces
    @Singleton
    RpcService networks() {
        return new RpcService(Role.NETWORK, Port.NETWORK_RPC, List.of(new NetworksGrpc.NetworksImplBase() {
            @Override
            public void join(JoinNetwork request, StreamObserver<NetworkJoined> out) {
                Answers.unary(
                        out,
                        () -> NetworkJoined.newBuilder()
                                .setPlan(NetworkPlan.newBuilder().setMode(NetworkPlan.Mode.NONE))
                                .setSettings(
                                        ByteString.copyFrom(DockerJson.write(DockerJson.empty(NetworkSettings.class))))
                                .build());
            }

            @Override
            public void leave(LeaveNetwork request, StreamObserver<Changed> out) {
                Answers.unary(out, Changed::getDefaultInstance);
            }
        }));
    }

    @Produces
    @Singleton
    RpcService agent(FakeAgent agent) {
        return new RpcService(Role.AGENT, Port.AGENT_RPC, List.of(new AgentGrpc.AgentImplBase() {
            @Override
            public void apply(Order request, StreamObserver<Outcome> out) {
                Answers.unary(out, () -> agent.apply(request));
            }
        }));
    }
}
