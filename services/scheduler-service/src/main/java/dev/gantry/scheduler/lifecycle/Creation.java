package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.ContainerName;
import dev.gantry.scheduler.container.InventedNames;
import dev.gantry.scheduler.container.Status;
import dev.gantry.scheduler.creation.CreateRequest;
import dev.gantry.scheduler.creation.Endpoints;
import dev.gantry.scheduler.placement.Placement;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Makes containers: everything is checked and known before the one commit, and no agent is asked. */
final class Creation {
    private static final int ID_BYTES = 32;
    private static final int ATTEMPTS = 100;

    private final Registry registry;
    private final ContainerStore store;
    private final Ports ports;
    private final NewMounts mounts;
    private final Nodes nodes;
    private final Function<Container, Cell> cells;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final CreatesInFlight inFlight = new CreatesInFlight();
    private final Neighbours shared;

    Creation(
            Registry registry,
            ContainerStore store,
            Ports ports,
            Nodes nodes,
            Function<Container, Cell> cells,
            InstantSource clock,
            RandomGenerator random) {
        this.registry = registry;
        this.shared = new Neighbours(registry);
        this.store = store;
        this.ports = ports;
        this.mounts = new NewMounts(registry, ports);
        this.nodes = nodes;
        this.cells = cells;
        this.clock = clock;
        this.random = random;
    }

    /** What was made. */
    record Created(String id, List<String> warnings) {}

    Created create(String nameGiven, String platform, byte[] body) {
        var request = CreateRequest.parse(body);
        var id = newId();
        var name = nameGiven.isEmpty() ? inventName(id) : ContainerName.validated(nameGiven);
        registry.reserve(name, id);
        var made = false;
        try {
            var created = new Created(id, make(id, name, platform, request));
            made = true;
            return created;
        } finally {
            if (!made) {
                registry.release(name, id);
            }
        }
    }

    private List<String> make(String id, String name, String platform, CreateRequest request) {
        var create = inFlight.begin(id, request.image());
        try {
            var image = ports.resolve(request.image(), platform);
            create.found(image.getId());
            return commit(id, name, platform, request, image);
        } finally {
            inFlight.end(create);
        }
    }

    private List<String> commit(String id, String name, String platform, CreateRequest request, ResolvedImage image) {
        var neighbour = shared.owner(request.host().networkMode());
        var node = neighbour
                .map(Container::node)
                .orElseGet(() -> Placement.choose(
                        nodes.candidates(),
                        new Placement.Request(platform, request.host().memory())));
        var now = clock.instant();
        var specified = request.in(neighbour.map(Container::id)).specify(id, image, nodes.facts(node), now);
        var spec = mounts.of(id, node, specified.spec());
        var status = Status.created(Endpoints.before(spec.hostConfig().networkMode(), spec.networking()));
        var change = Transitions.created(new Container(id, name, node, spec, image, status), now);
        store.insert(change);
        registry.add(cells.apply(change.after()));
        return specified.warnings();
    }

    private String newId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String inventName(String id) {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var name = InventedNames.invent(random, attempt);
            if (registry.tryReserve(name, id)) {
                return name;
            }
        }
        return "container_" + id.substring(0, 12);
    }

    boolean isBeingMade(String id) {
        return inFlight.has(id);
    }

    List<CreatesInFlight.Create> using(String imageId) {
        return inFlight.of(imageId);
    }

    /** What creation needs to know of nodes. */
    interface Nodes {
        List<dev.gantry.scheduler.placement.Candidate> candidates();

        dev.gantry.contracts.node.NodeFacts facts(String node);
    }
}
