package dev.gantry.gateway.images;

import static dev.gantry.gateway.backend.Asking.ask;
import static dev.gantry.gateway.backend.Asking.within;

import dev.gantry.contracts.rpc.ImageQuery;
import dev.gantry.contracts.rpc.ImagesGrpc;
import dev.gantry.contracts.rpc.ImagesGrpc.ImagesBlockingStub;
import dev.gantry.contracts.rpc.ListImages;
import dev.gantry.contracts.rpc.PruneImages;
import dev.gantry.contracts.rpc.RemoveImage;
import dev.gantry.contracts.rpc.TagImage;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import dev.gantry.gateway.shim.ImageShims;
import java.time.Duration;
import java.util.Set;

/** Looking at images, naming and removing them. */
public final class Images {
    private static final Set<String> LIST_FILTERS =
            Set.of("before", "dangling", "label", "label!", "reference", "since", "until");
    private static final Set<String> PRUNE_FILTERS = Set.of("dangling", "label", "label!", "until");

    private final Backends backends;

    public Images(Backends backends) {
        this.backends = backends;
    }

    public Answer list(Call call) throws InterruptedException {
        var query = call.query();
        var request = ListImages.newBuilder()
                .setFilters(query.filters(LIST_FILTERS))
                .setAll(query.flag("all"))
                .setDigests(query.flag("digests"))
                .setSharedSize(query.flag("shared-size"))
                .build();
        var document = ask(Asking.IMAGES, () -> images(Asking.QUERY).list(request));
        return Answer.json(200, ImageShims.list(call.version(), document.getJson()));
    }

    public Answer inspect(Call call) throws InterruptedException {
        var document = ask(Asking.IMAGES, () -> images(Asking.QUERY).inspect(query(call)));
        return Answer.json(200, ImageShims.inspect(call.version(), document.getJson()));
    }

    public Answer history(Call call) throws InterruptedException {
        return Answer.ok(ask(Asking.IMAGES, () -> images(Asking.QUERY).history(query(call))));
    }

    public Answer tag(Call call) throws InterruptedException {
        var request = TagImage.newBuilder()
                .setReference(call.name())
                .setRepository(call.query().text("repo"))
                .setTag(call.query().text("tag"))
                .build();
        ask(Asking.IMAGES, () -> images(Asking.CHANGE).tag(request));
        return new Answer.Bare(201);
    }

    public Answer remove(Call call) throws InterruptedException {
        var request = RemoveImage.newBuilder()
                .setReference(call.name())
                .setForce(call.query().flag("force"))
                .setNoPrune(call.query().flag("noprune"))
                .build();
        return Answer.ok(ask(Asking.IMAGES, () -> images(Asking.CHANGE).remove(request)));
    }

    public Answer prune(Call call) throws InterruptedException {
        var request = PruneImages.newBuilder()
                .setFilters(call.query().filters(PRUNE_FILTERS))
                .build();
        return Answer.ok(ask(Asking.IMAGES, () -> images(Asking.CHANGE).prune(request)));
    }

    /** The platform as a parameter is JSON or os/arch; the service knows both. */
    private static ImageQuery query(Call call) {
        return ImageQuery.newBuilder()
                .setReference(call.name())
                .setPlatform(call.query().text("platform"))
                .build();
    }

    private ImagesBlockingStub images(Duration deadline) {
        return within(deadline, ImagesGrpc.newBlockingStub(backends.images()));
    }
}
