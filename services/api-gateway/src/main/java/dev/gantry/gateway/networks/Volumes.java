package dev.gantry.gateway.networks;

import static dev.gantry.gateway.backend.Asking.ask;
import static dev.gantry.gateway.backend.Asking.within;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.Document;
import dev.gantry.contracts.rpc.ListVolumes;
import dev.gantry.contracts.rpc.VolumesGrpc;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import java.util.Set;

/** Looking at volumes. */
public final class Volumes {
    private static final Set<String> LIST_FILTERS = Set.of("dangling", "driver", "label", "name");

    private final Backends backends;

    public Volumes(Backends backends) {
        this.backends = backends;
    }

    public Answer list(Call call) throws InterruptedException {
        return Answer.ok(volumes(call.query().filters(LIST_FILTERS)));
    }

    /** One of the list: {@code docker inspect x} asks for a volume on its way, and must hear 404. */
    public Answer inspect(Call call) throws InterruptedException {
        for (var volume : DockerJson.parse(volumes(ByteString.EMPTY).getJson().toByteArray())
                .path("Volumes")) {
            if (volume.path("Name").asText().equals(call.name())) {
                return Answer.object(200, volume);
            }
        }
        throw ErrorCode.NO_SUCH_VOLUME.with(call.name());
    }

    private Document volumes(ByteString filters) throws InterruptedException {
        var request = ListVolumes.newBuilder().setFilters(filters).build();
        return ask(
                Asking.VOLUMES,
                () -> within(Asking.QUERY, VolumesGrpc.newBlockingStub(backends.volumes()))
                        .list(request));
    }
}
