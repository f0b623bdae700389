package dev.gantry.network.rpc;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.network.NetworkSettings;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.contracts.rpc.Changed;
import dev.gantry.contracts.rpc.Document;
import dev.gantry.contracts.rpc.JoinNetwork;
import dev.gantry.contracts.rpc.LeaveNetwork;
import dev.gantry.contracts.rpc.ListNetworks;
import dev.gantry.contracts.rpc.NetworkJoined;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.NetworkQuery;
import dev.gantry.contracts.rpc.NetworksGrpc;
import dev.gantry.network.endpoint.NetworkStore;
import dev.gantry.network.view.NetworkFilter;
import dev.gantry.network.view.NetworkView;
import dev.gantry.network.view.SettingsView;
import dev.gantry.service.rpc.Answers;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** {@code gantry.v1.Networks}. */
@Singleton
class NetworksRpc extends NetworksGrpc.NetworksImplBase {
    private final NetworkStore networks;

    NetworksRpc(NetworkStore networks) {
        this.networks = networks;
    }

    @Override
    public void join(JoinNetwork request, StreamObserver<NetworkJoined> out) {
        Answers.unary(out, () -> switch (request.getMode()) {
            case "none" -> joined(request, NetworkPlan.Mode.NONE);
            case "host" -> joined(request, NetworkPlan.Mode.HOST);
            // the default bridge is not built: a namespace of its own with a loopback, and nothing to be in
            case "bridge" -> answer(NetworkPlan.Mode.NONE, 0, SettingsView.outside("bridge"));
            default -> throw ErrorCode.NOT_IMPLEMENTED.with("NetworkMode " + request.getMode());
        });
    }

    private NetworkJoined joined(JoinNetwork request, NetworkPlan.Mode mode) {
        var guest = new NetworkStore.Guest(request.getContainer(), request.getName(), request.getNode());
        var joined = networks.join(request.getMode(), guest);
        return answer(mode, joined.version(), SettingsView.inside(joined));
    }

    private static NetworkJoined answer(NetworkPlan.Mode mode, long version, NetworkSettings settings) {
        return NetworkJoined.newBuilder()
                .setPlan(NetworkPlan.newBuilder().setMode(mode).setVersion(version))
                .setSettings(ByteString.copyFrom(DockerJson.write(settings)))
                .build();
    }

    @Override
    public void leave(LeaveNetwork request, StreamObserver<Changed> out) {
        Answers.unary(
                out,
                () -> Changed.newBuilder()
                        .setChanged(networks.leave(request.getContainer()))
                        .build());
    }

    @Override
    public void list(ListNetworks request, StreamObserver<Document> out) {
        Answers.unary(out, () -> {
            var wanted =
                    NetworkFilter.parse(Filters.fromJson(request.getFilters().toByteArray()));
            return document(networks.all().stream()
                    .filter(wanted)
                    .sorted(NetworkView.ORDER)
                    .map(NetworkView::of)
                    .toList());
        });
    }

    @Override
    public void inspect(NetworkQuery request, StreamObserver<Document> out) {
        Answers.unary(out, () -> document(NetworkView.of(networks.named(request.getReference()))));
    }

    private static Document document(Object docker) {
        return Document.newBuilder()
                .setJson(ByteString.copyFrom(DockerJson.write(docker)))
                .build();
    }
}
