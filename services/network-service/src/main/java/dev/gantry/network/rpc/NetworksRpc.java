package dev.gantry.network.rpc;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.network.EndpointSettings;
import dev.gantry.contracts.docker.network.NetworkSettings;
import dev.gantry.contracts.docker.network.NetworkingConfig;
import dev.gantry.contracts.docker.port.PublishRequest;
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
import dev.gantry.network.address.BridgeSubnet;
import dev.gantry.network.endpoint.Guest;
import dev.gantry.network.endpoint.NetworkStore;
import dev.gantry.network.port.PortWish;
import dev.gantry.network.view.NetworkFilter;
import dev.gantry.network.view.NetworkView;
import dev.gantry.network.view.PlanView;
import dev.gantry.network.view.SettingsView;
import dev.gantry.service.rpc.Answers;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;

/** {@code gantry.v1.Networks}. */
@Singleton
class NetworksRpc extends NetworksGrpc.NetworksImplBase {
    private static final String SHARED = "container:";

    private final NetworkStore networks;
    private final String bridge;
    private final NetworkView view;

    NetworksRpc(NetworkStore networks, BridgeSubnet bridge) {
        this.networks = networks;
        this.bridge = bridge.bridge();
        this.view = new NetworkView(this.bridge);
    }

    @Override
    public void join(JoinNetwork request, StreamObserver<NetworkJoined> out) {
        Answers.unary(out, () -> join(request));
    }

    private NetworkJoined join(JoinNetwork request) {
        var mode = request.getMode();
        if (mode.startsWith(SHARED)) {
            var plan = NetworkPlan.newBuilder()
                    .setMode(NetworkPlan.Mode.SHARED)
                    .setContainer(mode.substring(SHARED.length()));
            return answer(plan.build(), SettingsView.shared());
        }
        var name = mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
        var asked = asked(request, name);
        var joined = networks.join(
                name,
                new Guest(
                        request.getContainer(),
                        request.getName(),
                        request.getNode(),
                        asked.macAddress(),
                        wishes(request)));
        var plan = switch (joined.network().driver()) {
            case "null" -> plain(NetworkPlan.Mode.NONE, joined.version());
            case "host" -> plain(NetworkPlan.Mode.HOST, joined.version());
            default -> PlanView.bridged(joined, bridge);
        };
        return answer(plan, SettingsView.inside(joined, asked, List.copyOf(request.getExposedList())));
    }

    private static List<PortWish> wishes(JoinNetwork request) {
        return request.getPorts().isEmpty()
                ? List.of()
                : PortWish.of(Empty.ifNull(DockerJson.read(request.getPorts().toByteArray(), PublishRequest.class)
                        .portBindings()));
    }

    private static EndpointSettings asked(JoinNetwork request, String network) {
        var none = DockerJson.empty(EndpointSettings.class);
        if (request.getEndpoints().isEmpty()) {
            return none;
        }
        var config = DockerJson.read(request.getEndpoints().toByteArray(), NetworkingConfig.class);
        return Objects.requireNonNullElse(Empty.ifNull(config.endpointsConfig()).get(network), none);
    }

    private static NetworkPlan plain(NetworkPlan.Mode mode, long version) {
        return NetworkPlan.newBuilder().setMode(mode).setVersion(version).build();
    }

    private static NetworkJoined answer(NetworkPlan plan, NetworkSettings settings) {
        return NetworkJoined.newBuilder()
                .setPlan(plan)
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
                    .map(view::of)
                    .toList());
        });
    }

    @Override
    public void inspect(NetworkQuery request, StreamObserver<Document> out) {
        Answers.unary(out, () -> document(view.of(networks.named(request.getReference()))));
    }

    private static Document document(Object docker) {
        return Document.newBuilder()
                .setJson(ByteString.copyFrom(DockerJson.write(docker)))
                .build();
    }
}
