package dev.gantry.gateway.networks;

import static dev.gantry.gateway.backend.Asking.ask;
import static dev.gantry.gateway.backend.Asking.within;

import dev.gantry.contracts.rpc.ListNetworks;
import dev.gantry.contracts.rpc.NetworkQuery;
import dev.gantry.contracts.rpc.NetworksGrpc;
import dev.gantry.contracts.rpc.NetworksGrpc.NetworksBlockingStub;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import java.util.Set;

/** Looking at networks. */
public final class Networks {
    private static final Set<String> LIST_FILTERS =
            Set.of("dangling", "driver", "id", "label", "name", "scope", "type");

    private final Backends backends;

    public Networks(Backends backends) {
        this.backends = backends;
    }

    public Answer list(Call call) throws InterruptedException {
        var request = ListNetworks.newBuilder()
                .setFilters(call.query().filters(LIST_FILTERS))
                .build();
        return Answer.ok(ask(Asking.NETWORKS, () -> networks().list(request)));
    }

    public Answer inspect(Call call) throws InterruptedException {
        var request = NetworkQuery.newBuilder().setReference(call.name()).build();
        return Answer.ok(ask(Asking.NETWORKS, () -> networks().inspect(request)));
    }

    private NetworksBlockingStub networks() {
        return within(Asking.QUERY, NetworksGrpc.newBlockingStub(backends.networks()));
    }
}
