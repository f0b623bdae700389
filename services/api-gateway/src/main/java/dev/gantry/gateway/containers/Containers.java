package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.ask;
import static dev.gantry.gateway.backend.Asking.within;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerCreated;
import dev.gantry.contracts.docker.container.ContainerUpdated;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.ContainerQuery;
import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.ContainersGrpc.ContainersBlockingStub;
import dev.gantry.contracts.rpc.CreateContainer;
import dev.gantry.contracts.rpc.ListContainers;
import dev.gantry.contracts.rpc.PruneContainers;
import dev.gantry.contracts.rpc.RemoveContainer;
import dev.gantry.contracts.rpc.RenameContainer;
import dev.gantry.contracts.rpc.UpdateContainer;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import dev.gantry.gateway.create.CreateRequest;
import dev.gantry.gateway.create.UpdateRequest;
import dev.gantry.gateway.shim.ContainerShims;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Making, finding, naming and removing containers. */
public final class Containers {
    private static final Set<String> LIST_FILTERS = Set.of(
            "ancestor",
            "before",
            "exited",
            "expose",
            "health",
            "id",
            "is-task",
            "isolation",
            "label",
            "name",
            "network",
            "publish",
            "since",
            "status",
            "volume");
    private static final Set<String> PRUNE_FILTERS = Set.of("label", "label!", "until");

    private final Backends backends;

    public Containers(Backends backends) {
        this.backends = backends;
    }

    public Answer list(Call call) throws InterruptedException {
        var query = call.query();
        var request = ListContainers.newBuilder()
                .setFilters(query.filters(LIST_FILTERS))
                .setAll(query.flag("all"))
                .setLimit(query.integer("limit").orElse(0))
                .setSize(query.flag("size"))
                .build();
        return Answer.ok(ask(Asking.SCHEDULER, () -> scheduler(Asking.QUERY).list(request)));
    }

    public Answer create(Call call) throws InterruptedException {
        var platform = Platform.check(call.query().text("platform"));
        var body = CreateRequest.read(call.json());
        var request = CreateContainer.newBuilder()
                .setName(withoutSlash(call.query().text("name")))
                .setPlatform(platform)
                .setBody(ByteString.copyFrom(DockerJson.write(body)))
                .build();
        var created = ask(Asking.SCHEDULER, () -> scheduler(Asking.CHANGE).create(request));
        return Answer.object(201, new ContainerCreated(created.getId(), created.getWarningsList()));
    }

    public Answer inspect(Call call) throws InterruptedException {
        var request = ContainerQuery.newBuilder()
                .setReference(call.name())
                .setSize(call.query().flag("size"))
                .build();
        var document = ask(Asking.SCHEDULER, () -> scheduler(Asking.QUERY).inspect(request));
        return Answer.json(200, ContainerShims.inspect(call.version(), document.getJson()));
    }

    public Answer update(Call call) throws InterruptedException {
        var request = UpdateContainer.newBuilder()
                .setReference(call.name())
                .setHostConfig(ByteString.copyFrom(DockerJson.write(UpdateRequest.read(call.json()))))
                .build();
        var warnings = ask(Asking.SCHEDULER, () -> scheduler(Asking.CHANGE).update(request))
                .getWarningsList();
        return Answer.object(200, new ContainerUpdated(warnings.isEmpty() ? null : List.copyOf(warnings)));
    }

    public Answer rename(Call call) throws InterruptedException {
        var name = call.query().text("name");
        if (name.isEmpty()) {
            throw ErrorCode.EMPTY_NAME.with();
        }
        var request = RenameContainer.newBuilder()
                .setReference(call.name())
                .setName(withoutSlash(name))
                .build();
        ask(Asking.SCHEDULER, () -> scheduler(Asking.CHANGE).rename(request));
        return Answer.noContent();
    }

    public Answer remove(Call call) throws InterruptedException {
        var query = call.query();
        if (query.flag("link")) {
            throw ErrorCode.NOT_IMPLEMENTED.with("removing a link");
        }
        var request = RemoveContainer.newBuilder()
                .setReference(call.name())
                .setForce(query.flag("force"))
                .setVolumes(query.flag("v"))
                .build();
        ask(Asking.SCHEDULER, () -> scheduler(Asking.CHANGE).remove(request));
        return Answer.noContent();
    }

    public Answer prune(Call call) throws InterruptedException {
        var request = PruneContainers.newBuilder()
                .setFilters(call.query().filters(PRUNE_FILTERS))
                .build();
        return Answer.ok(ask(Asking.SCHEDULER, () -> scheduler(Asking.CHANGE).prune(request)));
    }

    private static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }

    private ContainersBlockingStub scheduler(Duration deadline) {
        return within(deadline, ContainersGrpc.newBlockingStub(backends.scheduler()));
    }
}
