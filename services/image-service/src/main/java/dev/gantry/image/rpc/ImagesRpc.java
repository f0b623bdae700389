package dev.gantry.image.rpc;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.image.ImageDeleted;
import dev.gantry.contracts.docker.image.ImagesPruned;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.contracts.rpc.Changed;
import dev.gantry.contracts.rpc.Document;
import dev.gantry.contracts.rpc.ImageQuery;
import dev.gantry.contracts.rpc.ImagesGrpc;
import dev.gantry.contracts.rpc.LayerIds;
import dev.gantry.contracts.rpc.ListImages;
import dev.gantry.contracts.rpc.PruneImages;
import dev.gantry.contracts.rpc.RemoveImage;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.contracts.rpc.TagImage;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.Images;
import dev.gantry.image.catalog.Platforms;
import dev.gantry.image.catalog.StoredLayer;
import dev.gantry.image.listing.ImageDetails;
import dev.gantry.image.listing.ImageList;
import dev.gantry.image.removal.ImageUse;
import dev.gantry.image.removal.Pruning;
import dev.gantry.image.removal.Removal;
import dev.gantry.image.store.Catalog;
import dev.gantry.image.store.LooseBlobs;
import dev.gantry.oci.reference.ImageReference;
import dev.gantry.oci.reference.InvalidReferenceException;
import dev.gantry.service.instance.Port;
import dev.gantry.service.rpc.Answers;
import dev.gantry.service.rpc.InventoryRpc;
import dev.gantry.service.rpc.RpcService;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Images over gRPC. */
@Singleton
class ImagesRpc extends ImagesGrpc.ImagesImplBase {
    private static final Logger LOG = Logger.getLogger(ImagesRpc.class);

    private final Catalog catalog;
    private final ImageUse use;
    private final UseCounts.Source counts;
    private final LooseBlobs loose;

    ImagesRpc(Catalog catalog, ImageUse use, UseCounts.Source counts, LooseBlobs loose) {
        this.counts = counts;
        this.catalog = catalog;
        this.use = use;
        this.loose = loose;
    }

    @Produces
    @Singleton
    static RpcService imageRpc(ImagesRpc images, Inventory inventory) {
        return new RpcService(Role.IMAGE, Port.IMAGE_RPC, List.of(images, new InventoryRpc(inventory::take)));
    }

    @Override
    public void resolve(ImageQuery query, StreamObserver<ResolvedImage> out) {
        Answers.unary(out, () -> {
            Images.Found found = catalog.resolve(query.getReference());
            Platforms.refuseOther(found.image(), query.getReference(), query.getPlatform());
            return resolved(found);
        });
    }

    @Override
    public void neededLayers(LayerIds asked, StreamObserver<LayerIds> out) {
        Answers.unary(out, () -> {
            Set<String> needed = catalog.images().all().stream()
                    .flatMap(image -> image.layers().stream())
                    .map(StoredLayer::diffId)
                    .collect(Collectors.toSet());
            return LayerIds.newBuilder()
                    .addAllDiffIds(asked.getDiffIdsList().stream()
                            .filter(needed::contains)
                            .toList())
                    .build();
        });
    }

    private static ResolvedImage resolved(Images.Found found) {
        ResolvedImage.Builder resolved = ResolvedImage.newBuilder()
                .setId(found.image().id().toString())
                .setConfig(found.image().config())
                .setReference(found.name().map(ImageReference::toString).orElse(""));
        found.image()
                .layers()
                .forEach(layer -> resolved.addLayersBuilder()
                        .setDiffId(layer.diffId())
                        .setDigest(layer.digest())
                        .setMediaType(layer.mediaType())
                        .setSize(layer.blobSize()));
        return resolved.build();
    }

    @Override
    public void inspect(ImageQuery query, StreamObserver<Document> out) {
        Answers.unary(out, () -> {
            Images images = catalog.images();
            Image image = images.find(query.getReference()).image();
            Platforms.refuseOther(image, query.getReference(), query.getPlatform());
            return document(ImageDetails.inspect(images, image));
        });
    }

    @Override
    public void history(ImageQuery query, StreamObserver<Document> out) {
        Answers.unary(out, () -> {
            Images images = catalog.images();
            Image image = images.find(query.getReference()).image();
            Platforms.refuseOther(image, query.getReference(), query.getPlatform());
            return document(ImageDetails.history(images, image));
        });
    }

    @Override
    public void list(ListImages query, StreamObserver<Document> out) {
        Answers.unary(out, () -> {
            Filters filters = Filters.fromJson(query.getFilters().toByteArray());
            ImageList list = new ImageList(catalog.images(), filters, Instant.now());
            return document(list.summaries(query.getAll(), query.getSharedSize(), UseCounts.ask(counts)));
        });
    }

    @Override
    public void tag(TagImage query, StreamObserver<Changed> out) {
        Answers.unary(out, () -> {
            catalog.tag(query.getReference(), newName(query));
            return Changed.newBuilder().setChanged(true).build();
        });
    }

    private static ImageReference newName(TagImage query) {
        ImageReference repository = Images.named(query.getRepository());
        if (repository.digest().isPresent()) {
            throw ErrorCode.INVALID_PARAMETER.with("refusing to create a tag with a digest reference");
        }
        try {
            return query.getTag().isEmpty() ? repository.orLatest() : repository.withTag(query.getTag());
        } catch (InvalidReferenceException e) {
            throw ErrorCode.INVALID_PARAMETER
                    .with(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    @Override
    public void remove(RemoveImage query, StreamObserver<Document> out) {
        Answers.unary(out, () -> {
            Removal.Plan plan = catalog.remove(query.getReference(), query.getForce(), !query.getNoPrune(), use);
            loose.sweepSoon();
            return document(plan.report());
        });
    }

    @Override
    public void prune(PruneImages query, StreamObserver<Document> out) {
        Answers.unary(out, () -> {
            Filters filters = Filters.fromJson(query.getFilters().toByteArray());
            long before = Sizes.ofLayers(catalog.images());
            List<ImageDeleted> report = new ArrayList<>();
            for (String reference : Pruning.references(catalog.images(), filters, Instant.now())) {
                report.addAll(removed(reference));
            }
            loose.sweepSoon();
            long reclaimed = Math.max(0, before - Sizes.ofLayers(catalog.images()));
            return document(new ImagesPruned(report.isEmpty() ? null : report, reclaimed));
        });
    }

    /** What is in use stays, without a word. */
    private List<ImageDeleted> removed(String reference) {
        try {
            return catalog.remove(reference, false, true, use).report();
        } catch (GantryException kept) {
            LOG.debugf("prune keeps %s: %s", reference, kept.getMessage());
            if (kept.code() == ErrorCode.SERVICE_AWAY || kept.code() == ErrorCode.TIMED_OUT) {
                throw kept;
            }
            return List.of();
        }
    }

    private static Document document(Object value) {
        return Document.newBuilder()
                .setJson(ByteString.copyFrom(DockerJson.write(value)))
                .build();
    }
}
