package dev.gantry.scheduler.rpc;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.port.PublishRequest;
import dev.gantry.contracts.rpc.JoinNetwork;
import dev.gantry.scheduler.container.Container;

/** What network-service is told of a container that starts. */
final class JoinRequest {
    private JoinRequest() {}

    static JoinNetwork of(Container container) {
        var spec = container.spec();
        var request = JoinNetwork.newBuilder()
                .setContainer(container.id())
                .setName(container.name())
                .setNode(container.node())
                .setMode(spec.hostConfig().networkMode())
                .setEndpoints(json(spec.networking()))
                .setHostname(spec.config().hostname())
                .addAllExposed(PublishRequest.exposed(spec.config(), spec.hostConfig()));
        var publish = PublishRequest.of(spec.config(), spec.hostConfig());
        if (!publish.isEmpty()) {
            request.setPorts(json(publish));
        }
        return request.build();
    }

    private static ByteString json(Object document) {
        return ByteString.copyFrom(DockerJson.write(document));
    }
}
