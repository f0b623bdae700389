package dev.gantry.gateway.networks;

import static dev.gantry.gateway.backend.Asking.ask;
import static dev.gantry.gateway.backend.Asking.within;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.contracts.rpc.CreateVolume;
import dev.gantry.contracts.rpc.ListVolumes;
import dev.gantry.contracts.rpc.RemoveVolumeRequest;
import dev.gantry.contracts.rpc.VolumeQuery;
import dev.gantry.contracts.rpc.VolumesGrpc;
import dev.gantry.contracts.rpc.VolumesGrpc.VolumesBlockingStub;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Making, finding and removing volumes. */
public final class Volumes {
    private static final Set<String> LIST_FILTERS = Set.of("dangling", "driver", "label", "name");
    private static final Set<String> PRUNE_FILTERS = Set.of("all", "label", "label!");
    private static final int PRUNES_ANONYMOUS_ONLY = 42;

    private final Backends backends;

    public Volumes(Backends backends) {
        this.backends = backends;
    }

    public Answer list(Call call) throws InterruptedException {
        var request = ListVolumes.newBuilder()
                .setFilters(call.query().filters(LIST_FILTERS))
                .build();
        return Answer.ok(ask(Asking.VOLUMES, () -> volumes(Asking.QUERY).list(request)));
    }

    public Answer inspect(Call call) throws InterruptedException {
        var request = VolumeQuery.newBuilder().setName(call.name()).build();
        return Answer.ok(ask(Asking.VOLUMES, () -> volumes(Asking.QUERY).inspect(request)));
    }

    /** A body is not needed: then the volume is an anonymous one. */
    public Answer create(Call call) throws InterruptedException {
        var request = CreateVolume.newBuilder()
                .setBody(call.body().isEmpty() ? ByteString.EMPTY : ByteString.copyFrom(call.json()))
                .build();
        var made = ask(Asking.VOLUMES, () -> volumes(Asking.CHANGE).create(request));
        return Answer.json(201, made.getJson());
    }

    public Answer remove(Call call) throws InterruptedException {
        var request = RemoveVolumeRequest.newBuilder()
                .setName(call.name())
                .setForce(call.query().flag("force"))
                .build();
        ask(Asking.VOLUMES, () -> volumes(Asking.CHANGE).remove(request));
        return Answer.noContent();
    }

    public Answer prune(Call call) throws InterruptedException {
        var filters = call.query().filters();
        filters.refuseOthersThan(PRUNE_FILTERS);
        var request = ListVolumes.newBuilder()
                .setFilters(ByteString.copyFrom(pruned(call, filters).toJson()))
                .build();
        return Answer.ok(ask(Asking.VOLUMES, () -> volumes(Asking.CHANGE).prune(request)));
    }

    /** Up to 1.41 a prune took the volumes that somebody had named as well. */
    private static Filters pruned(Call call, Filters filters) {
        if (!call.before(PRUNES_ANONYMOUS_ONLY) || filters.has("all")) {
            return filters;
        }
        var values = new TreeMap<>(filters.values());
        values.put("all", List.of("true"));
        return new Filters(values);
    }

    private VolumesBlockingStub volumes(Duration deadline) {
        return within(deadline, VolumesGrpc.newBlockingStub(backends.volumes()));
    }
}
