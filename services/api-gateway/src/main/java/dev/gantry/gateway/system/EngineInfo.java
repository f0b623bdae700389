package dev.gantry.gateway.system;

import static dev.gantry.gateway.backend.Asking.ask;
import static dev.gantry.gateway.backend.Asking.within;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.rpc.ImagesGrpc;
import dev.gantry.contracts.rpc.ListImages;
import dev.gantry.contracts.rpc.ListNodes;
import dev.gantry.contracts.rpc.NodeList;
import dev.gantry.contracts.rpc.NodesGrpc;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import dev.gantry.gateway.shim.InfoShims;
import java.util.List;

/** The platform as one engine: the sum of its nodes, described by the first of them that is ready. */
public final class EngineInfo {
    private final Backends backends;
    private final SystemInfos infos;

    public EngineInfo(Backends backends, String instance) {
        this.backends = backends;
        this.infos = new SystemInfos(instance);
    }

    public Answer get(Call call) throws InterruptedException {
        var nodes = nodes();
        var info = infos.of(nodes, facts(nodes), images());
        return Answer.json(200, InfoShims.info(call.version(), ByteString.copyFrom(DockerJson.write(info))));
    }

    private List<NodeList.Node> nodes() throws InterruptedException {
        var request = ListNodes.getDefaultInstance();
        return ask(
                        Asking.SCHEDULER,
                        () -> within(Asking.QUERY, NodesGrpc.newBlockingStub(backends.scheduler()))
                                .list(request))
                .getNodesList();
    }

    private static NodeFacts facts(List<NodeList.Node> nodes) {
        return nodes.stream()
                .filter(NodeList.Node::getReady)
                .findFirst()
                .or(() -> nodes.stream().findFirst())
                .filter(node -> !node.getFacts().isEmpty())
                .map(node -> DockerJson.read(node.getFacts().toByteArray(), NodeFacts.class))
                .orElseGet(() -> DockerJson.empty(NodeFacts.class));
    }

    private int images() throws InterruptedException {
        var request = ListImages.newBuilder().setAll(true).build();
        var document = ask(
                Asking.IMAGES,
                () -> within(Asking.QUERY, ImagesGrpc.newBlockingStub(backends.images()))
                        .list(request));
        return DockerJson.parse(document.getJson().toByteArray()).size();
    }
}
